#include "common/time/year_before.h"

namespace zhenhui {

Period YearBefore(const Period& period) {
  // Civil time would make 29 February of a common year 1 March.
  const auto back = [](Date date) {
    const bool leap_day = date.month() == 2 && date.day() == 29;
    return Date(date.year() - 1, date.month(), leap_day ? 28 : date.day());
  };
  const Date after = period.end + 1;
  const bool whole_months = period.begin.day() == 1 && after.day() == 1;
  return {back(period.begin), whole_months ? back(after) - 1 : back(period.end)};
}

}  // namespace zhenhui
