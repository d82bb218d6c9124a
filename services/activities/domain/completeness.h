#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "common/time/date.h"
#include "services/activities/domain/places.h"
#include "services/activities/domain/repository.h"

// How complete and how timely a town's months are, from its records and its confirmations.
namespace zhenhui::activities {

// Last day on which `month` is confirmed in time: the `due_day` (1 to 28) of the month after it.
Date DueDate(absl::CivilMonth month, int due_day);

// The numbers are those of the public MonthState.
enum class MonthState {
  kRunning = 1,        // not over, and not confirmed
  kDue = 2,            // over, not confirmed, and its due date has not passed
  kMissing = 3,        // not confirmed, and its due date has passed
  kInTime = 4,         // confirmed by its due date
  kLate = 5,           // confirmed after it
  kNotApplicable = 6,  // the town did not exist on any of its days
};

struct MonthStanding {
  absl::CivilMonth month;
  MonthState state = MonthState::kNotApplicable;
  Date due_date;  // of a confirmed month as its confirmation says, else by the district's rule of now
  std::optional<Date> confirm_date;
  int64_t activities = 0;
  int64_t changed_after_confirmation = 0;
  int32_t villages_active = 0;
  int32_t villages = 0;  // that exist on the month's last day
};

struct TownStanding {
  std::string township;
  std::string name_zh;
  std::vector<MonthStanding> months;  // twelve, January first
  std::string complete_percent;  // "91.67": months over and confirmed, of those over; empty: none is over
  std::string timely_percent;    // months confirmed in time, of those past their due date; empty: none is
};

// `summaries` are those of this town, in any order; months without one hold nothing.
TownStanding StandingOf(std::string_view township, const Places& places, int year, Date today,
                        std::span<const MonthSummary> summaries);

// Looks the months of a township, or of all townships of a district, up. Thread-safe; what it is made of must
// outlive it.
class CompletenessUseCase {
 public:
  CompletenessUseCase(ActivityRepository& repository, PlaceRegister& places, const Clock& clock)
      : repository_(repository), places_(places), clock_(clock) {}

  // `place`: 9 or 6 digits. By code; of a district, only the townships that existed on a day of the year.
  // Errors: those of the register and of the repository.
  absl::StatusOr<std::vector<TownStanding>> Get(std::string_view place, int year, absl::Time deadline);

 private:
  ActivityRepository& repository_;
  PlaceRegister& places_;
  const Clock& clock_;
};

// part / whole in per cent with two places, half up; empty when whole is 0. 0 <= part <= whole <= 10^12.
std::string Percent(int64_t part, int64_t whole);

}  // namespace zhenhui::activities
