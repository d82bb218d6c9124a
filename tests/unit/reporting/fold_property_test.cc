#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "services/reporting/domain/comparison.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/domain/rollup.h"
#include "services/reporting/domain/verify.h"
#include "tests/testing/reporting/small_catalogue.h"
#include "tests/unit/reporting/naive_model.h"

// Any order across towns, any split into batches, any repetition and delay, any correction and deletion of the same
// records gives the same cells as adding up the final records.
namespace zhenhui::reporting {
namespace {

constexpr const char* kTowns[] = {"630106101", "630106102"};
const Date kFirst(2023, 1, 1);
const Date kToday(2024, 12, 31);

// One township: its current records, and the changes of both feeds that led to them.
struct Town {
  Records records;
  std::vector<Change> feeds[2];
};

class World {
 public:
  void Step() {
    Town& town = towns_[*rc::gen::inRange(0, 2)];
    const int what = *rc::gen::weightedElement<int>({{8, 0}, {2, 1}, {1, 2}, {3, 3}, {1, 4}, {1, 5}, {3, 6}});
    const std::string id = std::to_string(what == 6 ? 0 : what) + "-" + std::to_string(*rc::gen::inRange(0, 8));
    switch (what) {
      case 0: return Write(town, Feed::kActivities, id, Activity());
      case 1: return Confirm(town);
      case 2: return Write(town, Feed::kTownships, "township", TownshipFacts{"示例镇", *rc::gen::inRange(1, 5), {}});
      case 3: return Write(town, Feed::kTownships, id, small_.Counsel(Codes({"101", "102", "103"}), Valid()));
      case 4: {
        const std::string code = *rc::gen::element<std::string>("101", "102", "103");
        return Write(town, Feed::kTownships, "village-" + code, small_.Village(code, Valid()));
      }
      case 5: {
        const int year = *rc::gen::inRange(2023, 2026);
        return Write(town, Feed::kTownships, "population-" + std::to_string(year),
                     PopulationFacts{year, *rc::gen::inRange<int64_t>(1, 90'000)});
      }
      default: return Delete(town, id);
    }
  }

  // Tells the cube everything: feeds of towns in any order, in batches that may begin again with what was told before.
  void Deliver(Cube& cube) const {
    std::vector<std::tuple<int, Feed, size_t>> open;  // town, feed, changes told so far
    for (int town = 0; town < 2; ++town) {
      for (const Feed feed : kFeeds) open.emplace_back(town, feed, 0);
    }
    while (!open.empty()) {
      const size_t at = *rc::gen::inRange<size_t>(0, open.size());
      auto& [town, feed, told] = open[at];
      const std::vector<Change>& changes = towns_[town].feeds[static_cast<size_t>(feed)];
      const size_t from = *rc::gen::inRange<size_t>(0, told + 1);
      // At least one new change each time: a shrunk case must come to an end too.
      const size_t to = *rc::gen::inRange<size_t>(std::min(told + 1, changes.size()), changes.size() + 1);
      const std::span<const Change> batch(changes.data() + from, to - from);
      RC_ASSERT(cube.Apply(kTowns[town], feed, batch, absl::UnixEpoch()).ok());
      told = to;
      if (told == changes.size()) open.erase(open.begin() + static_cast<ptrdiff_t>(at));
    }
  }

  TownStatePtr Recompute(int town) {
    TownBuilder builder(small_.vocabulary);
    for (const auto& [id, record] : towns_[town].records) builder.Add(record);
    for (const Feed feed : kFeeds) {
      builder.SetApplied(feed, static_cast<int64_t>(towns_[town].feeds[static_cast<size_t>(feed)].size()));
    }
    return builder.Build();
  }

  const Records& records(int town) const { return towns_[town].records; }
  testing::SmallCatalogue& small() { return small_; }

 private:
  static Date Day() { return kFirst + *rc::gen::inRange(0, 731); }
  static Validity Valid() {
    Validity valid;
    if (*rc::gen::arbitrary<bool>()) valid.from = Day();
    if (*rc::gen::arbitrary<bool>()) valid.to = valid.from.value_or(kFirst) + *rc::gen::inRange(0, 400);
    return valid;
  }
  static std::vector<std::string> Codes(const std::vector<std::string>& all) {
    std::vector<std::string> some;
    for (const std::string& code : all) {
      if (*rc::gen::arbitrary<bool>()) some.push_back(code);
    }
    return some;
  }
  Facts Activity() {
    const std::string village = *rc::gen::element<std::string>("", "101", "102", "103");
    const std::vector<std::string> audiences = Codes({"women", "students"});
    if (*rc::gen::arbitrary<bool>()) {
      return small_.Activity("lecture", Day(), village, {{"attendances", *rc::gen::inRange(0, 4)}}, audiences);
    }
    const int cases = *rc::gen::inRange(0, 5);
    return small_.Activity("mediation", Day(), village,
                           {{"cases", cases}, {"success", *rc::gen::inRange(0, cases + 1)}}, audiences);
  }

  static void Log(Town& town, Feed feed, Facts before, Facts after) {
    auto& changes = town.feeds[static_cast<size_t>(feed)];
    changes.push_back({static_cast<int64_t>(changes.size()) + 1, std::move(before), std::move(after)});
  }
  static void Write(Town& town, Feed feed, const std::string& id, Facts content) {
    const auto held = town.records.find(id);
    Log(town, feed, held == town.records.end() ? Facts() : held->second, content);
    town.records[id] = std::move(content);
  }
  static void Confirm(Town& town) {
    const Date month(2023 + *rc::gen::inRange(0, 2), *rc::gen::inRange(1, 13), 1);
    const MonthConfirmed confirmed{month};
    Log(town, Feed::kActivities, Facts(), confirmed);  // the feed gives no old content, even where there is one
    town.records["month-" + FormatDate(month)] = confirmed;
  }
  static void Delete(Town& town, const std::string& id) {
    const auto held = town.records.find(id);
    if (held == town.records.end()) return;
    ActivityFacts deleted = std::get<ActivityFacts>(held->second);
    deleted.active = false;
    Write(town, Feed::kActivities, id, deleted);
  }

  testing::SmallCatalogue small_;
  Town towns_[2];
};

void Fill(World& world) {
  const int steps = *rc::gen::inRange(0, 60);
  for (int i = 0; i < steps; ++i) world.Step();
}

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

RC_GTEST_PROP(FoldProperty, FiguresOfTownsVillagesAndAudiencesEqualANaiveReading, ()) {
  World world;
  Fill(world);
  auto& small = world.small();
  Cube cube(small.vocabulary);
  world.Deliver(cube);
  const std::vector<TownView> towns = *cube.Snapshots(std::vector<std::string>{kTowns[0], kTowns[1]});
  const Period period = AnyMonths();
  for (const char* metric : {"lectures", "audience", "cases", "failed", "rate", "counsels", "covered", "density", "villages"}) {
    const MetricPlan* plan = small.Plan(metric);
    for (const auto& [by, group_by] : {std::pair("", GroupBy::kTownship), std::pair("village", GroupBy::kVillage),
                                       std::pair("audience", GroupBy::kAudience)}) {
      if (group_by == GroupBy::kAudience && plan->metric->type != MetricType::kFlow) continue;
      if (group_by == GroupBy::kVillage && plan->metric->type == MetricType::kDistinct) continue;
      const auto rows = Rollup(small.vocabulary, {{plan}, period, {}, group_by}, towns, kToday);
      RC_ASSERT(rows.ok());
      for (const RollupRow& row : *rows) {
        if (row.figure == Figure{}) continue;  // a village that did not exist
        const int town = row.township == kTowns[0] ? 0 : 1;
        const NaiveFigure naive = NaivelyRead(small.vocabulary, metric, world.records(town), period, by,
                                              small.Member(row.member));
        RC_ASSERT(row.figure.value == naive.value);
        RC_ASSERT(row.figure.denominator == naive.denominator);
      }
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
    const auto comparison = Compare(small.vocabulary, {{small.Plan(metric)}, period, Normalisation::kNone}, towns, kToday);
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
