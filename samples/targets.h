#pragma once
#include <string>
#include <vector>

#include "samples/records.h"

namespace zhenhui::samples {

// What a town's invented plans promise for 2024. Those of kReportTown fit what its report says: everything is
// reached but the visits of the counsels, who seldom come.
std::vector<Target> TargetsOf(const std::string& township);

// Names the counsel of its village in each counsel's visit, where the village has one on the day.
void NameCounsels(const std::vector<RosterEntry>& roster, std::vector<Record>& records);

}  // namespace zhenhui::samples
