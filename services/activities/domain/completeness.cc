#include "services/activities/domain/completeness.h"

#include <algorithm>
#include <memory>

#include "absl/strings/str_format.h"
#include "common/status/status_macros.h"

namespace zhenhui::activities {
namespace {

constexpr size_t kDistrictDigits = 6;

struct ByTown {
  bool operator()(const MonthSummary& a, const std::string& b) const { return a.township < b; }
  bool operator()(const std::string& a, const MonthSummary& b) const { return a < b.township; }
};

bool Exists(const Validity& validity, Date first, Date last) {
  return (!validity.from || *validity.from <= last) && (!validity.to || first <= *validity.to);
}

MonthState StateOf(const MonthStanding& month, bool exists, bool late, Date today) {
  if (!exists) return MonthState::kNotApplicable;
  if (month.confirm_date.has_value()) return late ? MonthState::kLate : MonthState::kInTime;
  if (today < Date(month.month + 1)) return MonthState::kRunning;
  return today <= month.due_date ? MonthState::kDue : MonthState::kMissing;
}

MonthStanding StandingOf(absl::CivilMonth month, const Places& places, Date today,
                         const MonthSummary* summary) {
  const Date first(month);
  const Date last = Date(month + 1) - 1;
  MonthStanding standing;
  standing.month = month;
  standing.due_date = DueDate(month, places.confirmation_due_day);
  bool late = false;
  if (summary != nullptr) {
    standing.activities = summary->activities;
    standing.changed_after_confirmation = summary->changed_after_confirmation;
    standing.villages_active = summary->villages_active;
    if (summary->confirmation.has_value()) {
      standing.due_date = summary->confirmation->due_date;
      standing.confirm_date = DateInChina(summary->confirmation->confirm_time);
      late = summary->confirmation->late;
    }
  }
  for (const auto& [code, validity] : places.villages) standing.villages += Exists(validity, last, last);
  standing.state = StateOf(standing, Exists(places.township, first, last), late, today);
  return standing;
}

}  // namespace

Date DueDate(absl::CivilMonth month, int due_day) { return Date(month + 1) + (due_day - 1); }

std::string Percent(int64_t part, int64_t whole) {
  if (whole == 0) return "";
  const int64_t hundredths = (part * 20'000 + whole) / (2 * whole);
  return absl::StrFormat("%d.%02d", hundredths / 100, hundredths % 100);
}

TownStanding StandingOf(std::string_view township, const Places& places, int year, Date today,
                        std::span<const MonthSummary> summaries) {
  TownStanding town;
  town.township = std::string(township);
  town.name_zh = places.name_zh;
  int64_t over = 0;
  int64_t complete = 0;
  int64_t past_due = 0;
  int64_t timely = 0;
  for (int number = 1; number <= 12; ++number) {
    const absl::CivilMonth month(year, number);
    const auto found = std::find_if(summaries.begin(), summaries.end(),
                                    [&](const MonthSummary& summary) { return summary.month == month; });
    const MonthStanding standing =
        StandingOf(month, places, today, found == summaries.end() ? nullptr : &*found);
    town.months.push_back(standing);
    if (standing.state == MonthState::kNotApplicable) continue;
    const bool confirmed = standing.state == MonthState::kInTime || standing.state == MonthState::kLate;
    if (today >= Date(month + 1)) {
      ++over;
      complete += confirmed;
    }
    if (today > standing.due_date) {
      ++past_due;
      timely += standing.state == MonthState::kInTime;
    }
  }
  town.complete_percent = Percent(complete, over);
  town.timely_percent = Percent(timely, past_due);
  return town;
}

absl::StatusOr<std::vector<TownStanding>> CompletenessUseCase::Get(std::string_view place, int year,
                                                                   absl::Time deadline) {
  std::vector<std::string> towns{std::string(place)};
  const bool is_district = place.size() == kDistrictDigits;
  if (is_district) {
    ASSIGN_OR_RETURN(towns, places_.TownshipsOf(place, deadline));
  }
  ASSIGN_OR_RETURN(const std::vector<MonthSummary> summaries,
                   repository_.SummariseMonths(place, year, deadline));
  std::vector<TownStanding> standings;
  for (const std::string& town : towns) {
    ASSIGN_OR_RETURN(const std::shared_ptr<const Places> places,
                     places_.Get(town, PlaceRegister::Freshness::kCached, deadline));
    if (is_district && !Exists(places->township, Date(year, 1, 1), Date(year, 12, 31))) continue;
    const auto [begin, end] = std::equal_range(summaries.begin(), summaries.end(), town, ByTown());
    standings.push_back(StandingOf(town, *places, year, clock_.Today(), {begin, end}));
  }
  return standings;
}

}  // namespace zhenhui::activities
