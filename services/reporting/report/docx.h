#pragma once
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/report/document.h"

namespace zhenhui::reporting::report {

struct DocxPage {
  std::string title;    // of the file's properties
  std::string footer;   // small print under the page number
  std::string header;   // over each page; empty: none
  std::string created;  // of the properties: "2025-01-08T00:00:00Z"
};

// A Word file laid out by GB/T 9704-2012: A4, margins 37, 28, 35 and 26 mm, 22 lines of 28 characters a page,
// page number
// "- 1 -" outside below the text. The same blocks make the same bytes. Errors as WriteZip.
absl::StatusOr<std::string> WriteDocx(const std::vector<Block>& blocks, const DocxPage& page);

}  // namespace zhenhui::reporting::report
