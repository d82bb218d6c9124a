#pragma once
#include <string>

#include "services/reporting/domain/int128.h"

namespace zhenhui::reporting {

// numerator / denominator as a decimal of exactly `places` places (0 to 6), rounded half up by magnitude (2.5
// to 3, -2.5 to -3), never "-0". Exact: no floating point. `denominator` is 1 to 10^30.
std::string FormatQuotient(Int128 numerator, Int128 denominator, int places);

// A whole number.
std::string FormatInteger(Int128 value);

}  // namespace zhenhui::reporting
