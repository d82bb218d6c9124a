#pragma once
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/explain.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"
#include "zhenhui/townships/v1/change.pb.h"

namespace zhenhui::reporting {

// What the records of a town's register (all of them, as of one revision) add to a figure: those that add
// something, by resource name. Pure.
absl::StatusOr<std::vector<v1::Contribution>> RegisterContributions(
    Vocabulary& vocabulary, const ExplainQuery& query, const std::string& township, int64_t read_revision,
    const std::vector<townships::v1::TownshipRecord>& records);

}  // namespace zhenhui::reporting
