#include "common/time/clock.h"

#include "absl/time/clock.h"

namespace zhenhui {

Date DateInChina(absl::Time time) {
  static const absl::TimeZone zone = absl::FixedTimeZone(8 * 60 * 60);
  return absl::ToCivilDay(time, zone);
}

absl::Time SystemClock::Now() const { return absl::Now(); }

}  // namespace zhenhui
