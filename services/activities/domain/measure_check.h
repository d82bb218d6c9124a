#pragma once
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/activities/domain/kind_catalogue.h"

namespace zhenhui::activities {

// Parses a rule between measures of one kind. The grammar, with one space around each sign:
//   rule = measure { " + " measure } ( " <= " | " == " ) measure
// INVALID_ARGUMENT says what is wrong, without the rule itself. Thread-safe.
absl::StatusOr<MeasureCheck> ParseMeasureCheck(std::string_view rule, const std::vector<Measure>& measures);

}  // namespace zhenhui::activities
