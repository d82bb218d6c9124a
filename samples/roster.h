#pragma once
#include <string>
#include <vector>

#include "samples/records.h"

namespace zhenhui::samples {

// An invented roster of a town, with all seven roles. For kReportTown: 34 counsels, one for each village, and
// 102 law-savvy persons, three for each, all from 2024-01-15 or earlier and without an end.
std::vector<RosterEntry> RosterOf(const std::string& township);

}  // namespace zhenhui::samples
