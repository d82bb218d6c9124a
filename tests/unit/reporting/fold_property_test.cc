#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "common/time/year_before.h"
#include "services/reporting/domain/comparison.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/domain/rollup.h"
#include "services/reporting/domain/verify.h"
#include "tests/unit/reporting/naive_model.h"
#include "tests/unit/reporting/random_world.h"

// Any order across towns, any split into batches, any repetition and delay, any correction and deletion of
// the same records gives the same cells as adding up the final records.
namespace zhenhui::reporting {
namespace {

std::set<std::string> Export(const Vocabulary& vocabulary, const TownState& state) {
  std::set<std::string> rows;
  ExportCells(vocabulary, state, [&](const CellRow& row) {
    rows.insert(std::to_string(static_cast<int>(row.grain)) + "|" + std::string(row.series) + "|" +
                std::string(row.member) + "|" + FormatDate(row.bucket) + "|" + std::to_string(row.value));
  });
  return rows;
}

RC_GTEST_PROP(FoldProperty, AnyOrderSplitRepetitionAndCorrectionGivesTheCellsOfTheFinalRecords, ()) {
  World world;
  Fill(world);
  Cube cube(world.small().vocabulary);
  world.Deliver(cube);
  for (int town = 0; town < 2; ++town) {
    const TownStatePtr held = *cube.Snapshot(kTowns[town]);
    const TownStatePtr recomputed = world.Recompute(town);
    const Differences differences = Diff(world.small().vocabulary, *held, *recomputed);
    RC_ASSERT(differences.cells_different == 0);
    RC_ASSERT(differences.places_equal);
    RC_ASSERT(held->applied() == recomputed->applied());
    RC_ASSERT(Export(world.small().vocabulary, *held) == Export(world.small().vocabulary, *recomputed));
  }
}

RC_GTEST_PROP(FoldProperty, WhatIsExportedLoadsAsTheSameState, ()) {
  World world;
  Fill(world);
  const TownStatePtr state = world.Recompute(0);
  Vocabulary other_process;
  TownBuilder builder(other_process);
  ExportCells(world.small().vocabulary, *state, [&](const CellRow& row) { builder.AddCell(row); });
  RC_ASSERT(Export(other_process, *builder.Build()) == Export(world.small().vocabulary, *state));
}

// What a store would hold after any series of flushes, some of which failed.
RC_GTEST_PROP(FoldProperty, FlushedRowsAddUpToTheState, ()) {
  World world;
  Fill(world);
  Cube cube(world.small().vocabulary);
  std::map<std::tuple<Grain, std::string, std::string, Date>, int64_t> store;
  Applied stored;
  const ListenerId id = cube.Listen([&](const std::string& code) {
    if (code != kTowns[0] || *rc::gen::arbitrary<bool>()) return;
    const auto batch = cube.TakeDirty(code);
    if (!batch) return;
    if (*rc::gen::arbitrary<bool>()) return cube.FlushFailed(*batch);
    RC_ASSERT(batch->from == stored);
    batch->ForEachRow(world.small().vocabulary, [&](const CellRow& row) {
      store[{row.grain, std::string(row.series), std::string(row.member), row.bucket}] = row.value;
    });
    stored = batch->to;
    cube.Flushed(*batch);
  });
  world.Deliver(cube);
  cube.Unlisten(id);
  if (const auto last = cube.TakeDirty(kTowns[0])) {
    last->ForEachRow(world.small().vocabulary, [&](const CellRow& row) {
      store[{row.grain, std::string(row.series), std::string(row.member), row.bucket}] = row.value;
    });
  }
  std::erase_if(store, [](const auto& cell) { return cell.second == 0; });
  size_t equal = 0;
  ExportCells(world.small().vocabulary, **cube.Snapshot(kTowns[0]), [&](const CellRow& row) {
    const auto cell = store.find({row.grain, std::string(row.series), std::string(row.member), row.bucket});
    RC_ASSERT(cell != store.end());
    RC_ASSERT(cell->second == row.value);
    ++equal;
  });
  RC_ASSERT(equal == store.size());
}

Period AnyMonths() {
  const absl::CivilMonth first = absl::CivilMonth(2023, 1) + *rc::gen::inRange(0, 24);
  return {Date(first), Date(first + *rc::gen::inRange(1, 13)) - 1};
}

RC_GTEST_PROP(FoldProperty, RollupsOfThisYearAndLastEqualANaiveReading, ()) {
  World world;
  Fill(world);
  auto& small = world.small();
  Cube cube(small.vocabulary);
  world.Deliver(cube);
  const std::vector<TownView> towns = *cube.Snapshots(std::vector<std::string>{kTowns[0], kTowns[1]});
  const Period period = AnyMonths();
  for (const char* metric :
       {"lectures", "audience", "cases", "failed", "rate", "counsels", "covered", "density", "villages"}) {
    const MetricPlan* plan = small.Plan(metric);
    for (const auto& [by, group_by] :
         {std::pair("", GroupBy::kTownship), std::pair("village", GroupBy::kVillage),
          std::pair("audience", GroupBy::kAudience), std::pair("roster entry", GroupBy::kRosterEntry)}) {
      if (group_by == GroupBy::kRosterEntry && std::string_view(metric) != "lectures") continue;
      if (group_by == GroupBy::kAudience && plan->metric->type != MetricType::kFlow) continue;
      if (group_by == GroupBy::kVillage && plan->metric->type == MetricType::kDistinct) continue;
      const auto rows = Rollup(small.vocabulary, {{plan}, period, {}, group_by, true}, towns, kToday);
      RC_ASSERT(rows.ok());
      for (const RollupRow& row : *rows) {
        if (row.figure == Figure{}) continue;  // a village that did not exist
        const int town = row.township == kTowns[0] ? 0 : 1;
        const NaiveFigure naive =
            NaivelyRead(small.vocabulary, metric, world.records(town), period, by, small.Member(row.member));
        RC_ASSERT(row.figure.value == naive.value);
        RC_ASSERT(row.figure.denominator == naive.denominator);
        if (*row.last_year == Figure{}) continue;
        const NaiveFigure before = NaivelyRead(small.vocabulary, metric, world.records(town),
                                               YearBefore(period), by, small.Member(row.member));
        RC_ASSERT(row.last_year->value == before.value);
        RC_ASSERT(row.last_year->denominator == before.denominator);
      }
    }
  }
}

RC_GTEST_PROP(FoldProperty, WhatRosterEntriesTookPartInEqualsANaiveReading, ()) {
  World world;
  Fill(world);
  auto& small = world.small();
  Cube cube(small.vocabulary);
  world.Deliver(cube);
  const Period period = AnyMonths();
  const DayRange range(period);
  for (int town = 0; town < 2; ++town) {
    const TownStatePtr state = *cube.Snapshot(kTowns[town]);
    for (const std::string& entry : kEntries) {
      const MemberId member = small.Member(entry);
      const SumTable& cells =
          state->Cells(Grain::kRosterEntry, small.vocabulary.Measure("lecture", "occurrences"));
      RC_ASSERT(cells.Sum(member, range.begin, range.end) ==
                NaivelyRead(small.vocabulary, "lectures", world.records(town), period, "roster entry", member)
                    .value);
      RC_ASSERT(
          state->Cells(Grain::kRosterEntry, small.vocabulary.Measure("lecture", "attendances")).empty());
    }
  }
}

RC_GTEST_PROP(FoldProperty, ComparisonsEqualANaiveReading, ()) {
  World world;
  Fill(world);
  auto& small = world.small();
  const std::vector<TownView> towns = {{kTowns[0], world.Recompute(0)}, {kTowns[1], world.Recompute(1)}};
  const Date begin = kFirst + *rc::gen::inRange(0, 700);
  const Period period{begin, begin + *rc::gen::inRange(0, 400)};
  for (const char* metric : {"lectures", "cases", "failed", "counsels", "covered", "villages"}) {
    const auto comparison =
        Compare(small.vocabulary, {{small.Plan(metric)}, period, Normalisation::kNone}, towns, kToday);
    RC_ASSERT(comparison.ok());
    const MetricComparison& compared = comparison->front();
    int64_t naive[2];
    for (int i = 0; i < 2; ++i) {
      naive[i] = NaivelyRead(small.vocabulary, metric, world.records(i), period).value;
      RC_ASSERT(compared.towns[i].figure.value == naive[i]);
      RC_ASSERT(compared.towns[i].last_year.value ==
                NaivelyRead(small.vocabulary, metric, world.records(i), YearBefore(period)).value);
    }
    RC_ASSERT(compared.total.value == naive[0] + naive[1]);
    if (compared.towns[0].rank == 0 || compared.towns[1].rank == 0) continue;
    RC_ASSERT(compared.towns[0].rank == (naive[0] < naive[1] ? 2 : 1));
    RC_ASSERT(compared.towns[1].rank == (naive[1] < naive[0] ? 2 : 1));
    RC_ASSERT(compared.towns[0].tied == (naive[0] == naive[1]));
  }
}

}  // namespace
}  // namespace zhenhui::reporting
