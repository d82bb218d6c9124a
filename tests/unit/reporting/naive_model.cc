#include "tests/unit/reporting/naive_model.h"

#include <algorithm>
#include <set>

namespace zhenhui::reporting {
namespace {

bool Has(const auto& list, MemberId member) {
  return std::find(list.begin(), list.end(), member) != list.end();
}

int64_t Flow(Vocabulary& vocabulary, std::string_view series, const Records& records, const Period& period,
             std::string_view by, MemberId member) {
  const SeriesId id = vocabulary.Series(series);
  int64_t sum = 0;
  for (const auto& [name, record] : records) {
    const auto* activity = std::get_if<ActivityFacts>(&record);
    if (activity == nullptr || !activity->active || !period.Contains(activity->date)) continue;
    if (by == "village" && activity->village != member) continue;
    if (by == "audience" && !Has(activity->audiences, member)) continue;
    if (by == "roster entry" && !Has(activity->roster_entries, member)) continue;
    for (const SeriesAmount& measure : activity->measures) {
      if (measure.series == id) sum += measure.amount;
    }
  }
  return sum;
}

int64_t Counsels(const Records& records, Date day, std::string_view by, MemberId member) {
  int64_t count = 0;
  for (const auto& [name, record] : records) {
    const auto* roster = std::get_if<RosterFacts>(&record);
    if (roster == nullptr || !roster->valid.Contains(day)) continue;
    const bool here = member == kNoMember ? roster->villages.empty() : Has(roster->villages, member);
    if (by.empty() || here) ++count;
  }
  return count;
}

int64_t Covered(const Records& records, Date day) {
  std::set<MemberId> covered;
  for (const auto& [name, record] : records) {
    const auto* roster = std::get_if<RosterFacts>(&record);
    if (roster != nullptr && roster->valid.Contains(day))
      covered.insert(roster->villages.begin(), roster->villages.end());
  }
  return static_cast<int64_t>(covered.size());
}

int64_t Villages(const Records& records, Date day, std::string_view by, MemberId member) {
  int64_t count = 0;
  for (const auto& [name, record] : records) {
    const auto* village = std::get_if<VillageFacts>(&record);
    if (village != nullptr && village->valid.Contains(day) && (by.empty() || village->village == member))
      ++count;
  }
  return count;
}

}  // namespace

NaiveFigure NaivelyRead(Vocabulary& vocabulary, std::string_view metric, const Records& records,
                        const Period& period, std::string_view by, MemberId member) {
  const auto flow = [&](std::string_view series) {
    return Flow(vocabulary, series, records, period, by, member);
  };
  if (metric == "lectures") return {flow("lecture.occurrences"), 0};
  if (metric == "audience") return {flow("lecture.attendances"), 0};
  if (metric == "cases") return {flow("mediation.cases"), 0};
  if (metric == "failed") return {flow("mediation.cases") - flow("mediation.success"), 0};
  if (metric == "rate") return {flow("mediation.success"), flow("mediation.cases")};
  if (metric == "counsels") return {Counsels(records, period.end, by, member), 0};
  if (metric == "covered") return {Covered(records, period.end), 0};
  if (metric == "villages") return {Villages(records, period.end, by, member), 0};
  return {Counsels(records, period.end, by, member), Villages(records, period.end, by, member)};  // density
}

}  // namespace zhenhui::reporting
