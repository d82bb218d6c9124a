#include "services/reporting/domain/verify.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace zhenhui::reporting {
namespace {

// Walks two tables side by side: visit(key, held, recomputed) for each cell of either.
template <typename Visit>
void ForEachPair(const SumTable& held, const SumTable& recomputed, Visit&& visit) {
  size_t i = 0;
  size_t j = 0;
  while (i < held.size() || j < recomputed.size()) {
    const bool left = i < held.size() && (j >= recomputed.size() || held.key(i) <= recomputed.key(j));
    const bool right = j < recomputed.size() && (i >= held.size() || recomputed.key(j) <= held.key(i));
    const SumTable::Key key = left ? held.key(i) : recomputed.key(j);
    const int64_t held_value = left ? held.value(i++) : 0;
    const int64_t recomputed_value = right ? recomputed.value(j++) : 0;
    visit(key, held_value, recomputed_value);
  }
}

Differences DiffSome(const Vocabulary& vocabulary, std::optional<Feed> feed, const TownState& held,
                     const TownState& recomputed, size_t max_differences) {
  Differences result;
  for (const Grain grain : kGrains) {
    const SeriesId end = std::max(held.series_end(), recomputed.series_end());
    for (SeriesId series = 0; series < end; ++series) {
      const SumTable& left = held.Cells(grain, series);
      const SumTable& right = recomputed.Cells(grain, series);
      if ((left.empty() && right.empty()) || (feed && vocabulary.FeedOf(series) != *feed)) continue;
      ForEachPair(left, right, [&](SumTable::Key key, int64_t held_value, int64_t recomputed_value) {
        ++result.cells_compared;
        if (held_value == recomputed_value) return;
        ++result.cells_different;
        if (result.differences.size() == max_differences) return;
        result.differences.push_back({grain, vocabulary.SeriesName(series),
                                      std::string(vocabulary.MemberCode(SumTable::MemberOf(key))),
                                      FromEpochDays(SumTable::DayOf(key)), held_value, recomputed_value});
      });
    }
  }
  if (feed != Feed::kActivities) result.places_equal = held.places() == recomputed.places();
  std::sort(result.differences.begin(), result.differences.end(), [](const auto& a, const auto& b) {
    return std::tie(a.grain, a.series, a.member, a.bucket) < std::tie(b.grain, b.series, b.member, b.bucket);
  });
  return result;
}

}  // namespace

Differences Diff(const Vocabulary& vocabulary, const TownState& held, const TownState& recomputed,
                 size_t max_differences) {
  return DiffSome(vocabulary, std::nullopt, held, recomputed, max_differences);
}

Differences DiffFeed(const Vocabulary& vocabulary, Feed feed, const TownState& held,
                     const TownState& recomputed, size_t max_differences) {
  return DiffSome(vocabulary, feed, held, recomputed, max_differences);
}

}  // namespace zhenhui::reporting
