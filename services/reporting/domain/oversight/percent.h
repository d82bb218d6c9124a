#pragma once
#include <string>

#include "services/reporting/domain/int128.h"

namespace zhenhui::reporting {

// part / whole in per cent with two places, half up: "97.56". part >= 0, whole > 0, both below 10^33.
std::string PercentText(Int128 part, Int128 whole);

}  // namespace zhenhui::reporting
