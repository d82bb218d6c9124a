#pragma once
#include <string>
#include <vector>

#include "absl/status/statusor.h"

namespace zhenhui::reporting::report {

struct ZipEntry {
  std::string name;  // "word/document.xml"
  std::string content;
};

// A zip file of these entries in this order, all dated 1 January 1980: the same entries make the same bytes,
// whenever and in whatever time zone. RESOURCE_EXHAUSTED, REPORT_NOT_WRITTEN: out of memory.
absl::StatusOr<std::string> WriteZip(const std::vector<ZipEntry>& entries);

}  // namespace zhenhui::reporting::report
