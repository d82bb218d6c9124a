#pragma once
#include <string_view>

#include "absl/status/statusor.h"
#include "services/reporting/checker/checker.h"

namespace zhenhui::reporting::narrative {

// The text of a Word file as its reader sees it: paragraphs (a line break parts one), headings by style or
// outline level, rows of tables as sentences (plain_table.h), text boxes behind the paragraph that holds
// them. What was deleted or moved away under review, hidden text, field codes, notes, headers and footers are
// left out; what was inserted is in. Errors: ReadNarrative's. Thread-safe.
absl::StatusOr<checker::Document> ReadDocx(std::string_view bytes);

}  // namespace zhenhui::reporting::narrative
