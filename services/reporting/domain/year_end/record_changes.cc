#include "services/reporting/domain/year_end/record_changes.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace zhenhui::reporting {
namespace {

// The same days that ReadSums adds up.
bool IsCounted(const PlanTerm& term, const DayRange& range, int32_t bucket) {
  if (term.yearly) return bucket == range.new_year;
  if (term.kind == TermKind::kFlow) return range.begin <= bucket && bucket <= range.end;
  return bucket <= range.end;
}

// Sums by series and member: of a town all its days are one sum, of a distinct count each village is its own.
using NetSums = std::map<std::pair<SeriesId, MemberId>, int64_t>;

void AddSums(const Vocabulary& vocabulary, const MetricPlan& metric, const DayRange& range,
             const Facts& facts, int64_t sign, NetSums& sums) {
  ForEachContribution(vocabulary, facts, [&](const CellKey& key, int64_t amount) {
    for (const auto* terms : {&metric.value, &metric.denominator}) {
      for (const PlanTerm& term : *terms) {
        const Grain grain = term.kind == TermKind::kDistinct ? Grain::kVillage : Grain::kTown;
        const bool counts =
            key.grain == grain && (key.series == term.series || key.series == ZerosOf(term.series));
        if (counts && IsCounted(term, range, key.bucket)) sums[{key.series, key.member}] += sign * amount;
      }
    }
  });
}

bool ChangesTownOrMonth(const DayRange& range, const Facts& before, const Facts& after) {
  if (const auto* month = std::get_if<MonthConfirmed>(&after))
    return std::holds_alternative<std::monostate>(before) && range.period.Contains(month->month);
  const auto* was = std::get_if<TownshipFacts>(&before);
  const auto* is = std::get_if<TownshipFacts>(&after);
  return was != nullptr && is != nullptr && !(was->valid == is->valid);
}

}  // namespace

bool Moves(const Vocabulary& vocabulary, const MetricPlan& metric, const DayRange& range, const Facts& before,
           const Facts& after) {
  if (ChangesTownOrMonth(range, before, after)) return true;
  NetSums sums;
  AddSums(vocabulary, metric, range, before, -1, sums);
  AddSums(vocabulary, metric, range, after, 1, sums);
  return std::any_of(sums.begin(), sums.end(), [](const auto& sum) { return sum.second != 0; });
}

void RecordNets::Add(RecordChange about, Facts before, Facts after) {
  const auto found = records_.find(about.name);
  if (found != records_.end()) {
    found->second.after = std::move(after);
    found->second.about = std::move(about);
    return;
  }
  const bool concerns = std::any_of(watched_.begin(), watched_.end(), [&](const Watched& watched) {
    return Moves(vocabulary_, *watched.metric, watched.range, before, after);
  });
  if (!concerns) return;
  std::string name = about.name;
  records_.emplace(std::move(name), RecordNet{std::move(about), std::move(before), std::move(after)});
}

std::vector<RecordChange> RecordNets::Moving(size_t most) const {
  std::vector<RecordChange> moving;
  for (const auto& [name, record] : records_) {
    const bool moves = std::any_of(watched_.begin(), watched_.end(), [&](const Watched& watched) {
      return Moves(vocabulary_, *watched.metric, watched.range, record.before, record.after);
    });
    if (moves) moving.push_back(record.about);
  }
  std::sort(moving.begin(), moving.end(), [](const RecordChange& a, const RecordChange& b) {
    return std::tie(a.feed, a.revision, a.name) < std::tie(b.feed, b.revision, b.name);
  });
  if (moving.size() > most) moving.resize(most);
  return moving;
}

}  // namespace zhenhui::reporting
