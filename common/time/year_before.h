#pragma once
#include "common/time/date.h"

namespace zhenhui {

// The same days a year earlier, which every comparison with last year means. Whole months stay whole months,
// so February of 2025 is compared with all 29 days of February 2024, as cells by month are; of other periods
// a 29 February becomes the 28th.
Period YearBefore(const Period& period);

}  // namespace zhenhui
