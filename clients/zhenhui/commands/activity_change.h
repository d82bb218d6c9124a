#pragma once
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

namespace zhenhui::cli {

// Builds the fields and the mask of an update from settings such as "date=2024-03-06", "measures.cases=3",
// "audiences=students;women", "village=" (clears). Dates and numbers are read as people write them.
// INVALID_ARGUMENT, reason USAGE, for a setting without "=", an unknown field or a value that cannot be read.
absl::Status ApplySettings(const std::vector<std::string>& settings,
                           activities::v1::UpdateActivityRequest* request);

}  // namespace zhenhui::cli
