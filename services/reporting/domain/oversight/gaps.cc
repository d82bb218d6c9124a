#include "services/reporting/domain/oversight/gaps.h"

#include <algorithm>
#include <utility>

#include "services/reporting/domain/gini.h"

namespace zhenhui::reporting {
namespace {

constexpr std::string_view kOccurrencesEnd = ".occurrences";
constexpr char kCounsels[] = "roster.legal_counsel";

// Every series that counts the activities of the kind: one, or those of all kinds that the town has.
std::vector<SeriesId> OccurrencesOf(Vocabulary& vocabulary, const std::string& kind, const TownState& state) {
  if (!kind.empty()) return {vocabulary.Measure(kind, "occurrences")};
  std::vector<SeriesId> all;
  for (SeriesId series = 0; series < state.series_end(); ++series) {
    if (!IsZeros(series) && vocabulary.SeriesName(series).ends_with(kOccurrencesEnd)) all.push_back(series);
  }
  return all;
}

std::string MonthText(int32_t day) { return FormatDate(FromEpochDays(day)).substr(0, 7); }

// What a town's members did in the period, and when last before it.
class Reach {
 public:
  Reach(Vocabulary& vocabulary, const GapQuery& query, const TownState& state)
      : state_(state),
        series_(OccurrencesOf(vocabulary, query.kind, state)),
        begin_(ToEpochDays(query.period.begin)),
        end_(ToEpochDays(query.period.end)) {}

  int64_t Count(Grain grain, MemberId member) const {
    int64_t count = 0;
    for (const SeriesId series : series_) count += state_.Cells(grain, series).Sum(member, begin_, end_);
    return count;
  }
  // Cells of a month stand under its first day, so the last one before the period is of a whole month.
  std::string LastMonth(Grain grain, MemberId member) const {
    std::optional<int32_t> last;
    for (const SeriesId series : series_) {
      const auto day = state_.Cells(grain, series).LastDayBefore(member, begin_);
      if (day && (!last || *day > *last)) last = day;
    }
    return last ? MonthText(*last) : "";
  }

 private:
  const TownState& state_;
  const std::vector<SeriesId> series_;
  const int32_t begin_;
  const int32_t end_;
};

// The last month before `begin` in which the stock stood above 0.
std::string LastStanding(const SumTable& stock, MemberId member, int32_t begin) {
  int32_t day = begin - 1;
  while (stock.UpTo(member, day) <= 0) {
    const auto changed = stock.LastDayBefore(member, day + 1);  // the day on which it fell to what it is
    if (!changed) return "";
    day = *changed - 1;
  }
  return MonthText(day);
}

void AddVillages(const Vocabulary& vocabulary, const GapQuery& query, const TownView& town,
                 const Reach& reach, std::vector<Gap>& gaps) {
  for (const auto& [member, village] : town.state->places().villages) {
    if (!village.valid.Overlaps(query.period) || reach.Count(Grain::kVillage, member) > 0) continue;
    gaps.push_back({GapType::kVillage, town.code, std::string(vocabulary.MemberCode(member)), village.name_zh,
                    reach.LastMonth(Grain::kVillage, member)});
  }
}

void AddWithoutCounsel(Vocabulary& vocabulary, const GapQuery& query, const TownView& town,
                       std::vector<Gap>& gaps) {
  const SumTable& counsels = town.state->Cells(Grain::kVillage, vocabulary.Series(kCounsels));
  const int32_t begin = ToEpochDays(query.period.begin);
  const int32_t end = ToEpochDays(query.period.end);
  for (const auto& [member, village] : town.state->places().villages) {
    if (!village.valid.Contains(query.period.end) || counsels.UpTo(member, end) > 0) continue;
    gaps.push_back({GapType::kNoCounsel, town.code, std::string(vocabulary.MemberCode(member)),
                    village.name_zh, LastStanding(counsels, member, begin)});
  }
}

}  // namespace

std::vector<Gap> GapsOf(Vocabulary& vocabulary, const GapQuery& query, const TownView& town,
                        std::span<const AudienceName> audiences, std::span<const RosterEntryName> roster) {
  const Reach reach(vocabulary, query, *town.state);
  std::vector<Gap> gaps;
  if (query.Wants(GapType::kVillage)) AddVillages(vocabulary, query, town, reach, gaps);
  if (query.Wants(GapType::kAudience)) {
    for (const AudienceName& audience : audiences) {
      const MemberId member = vocabulary.FindMember(audience.code);
      if (reach.Count(Grain::kAudience, member) > 0) continue;
      gaps.push_back({GapType::kAudience, town.code, audience.code, audience.name_zh,
                      reach.LastMonth(Grain::kAudience, member)});
    }
  }
  if (query.Wants(GapType::kRosterEntry)) {
    for (const RosterEntryName& entry : roster) {
      const MemberId member = vocabulary.FindMember(entry.id);
      if (!entry.valid.Overlaps(query.period) || reach.Count(Grain::kRosterEntry, member) > 0) continue;
      gaps.push_back({GapType::kRosterEntry, town.code, entry.id, entry.name,
                      reach.LastMonth(Grain::kRosterEntry, member)});
    }
  }
  if (query.Wants(GapType::kNoCounsel)) AddWithoutCounsel(vocabulary, query, town, gaps);
  std::sort(gaps.begin(), gaps.end(), [](const Gap& a, const Gap& b) {
    return a.type != b.type ? a.type < b.type : a.member < b.member;
  });
  return gaps;
}

VillageEvenness EvennessOf(Vocabulary& vocabulary, const GapQuery& query, const TownView& town) {
  const Reach reach(vocabulary, query, *town.state);
  VillageEvenness evenness;
  std::vector<int64_t> counts;
  for (const auto& [member, village] : town.state->places().villages) {
    if (!village.valid.Contains(query.period.end)) continue;
    counts.push_back(reach.Count(Grain::kVillage, member));
    evenness.reached += counts.back() > 0;
  }
  evenness.villages = static_cast<int>(counts.size());
  std::sort(counts.begin(), counts.end());
  std::vector<Rational> ascending;
  for (const int64_t count : counts) ascending.emplace_back(count, 1);
  if (ascending.size() >= 2) evenness.gini_ten_thousandths = GiniTenThousandths(ascending);
  return evenness;
}

}  // namespace zhenhui::reporting
