#pragma once
#include <string>

#include "absl/status/statusor.h"
#include "services/reporting/report/report_input.h"
#include "services/reporting/report/templates.h"

namespace zhenhui::reporting::report {

struct RenderedReport {
  std::string content;
  std::string file_name;  // for people: "630106101上新庄镇2024年法治政府建设情况报告.docx"
  std::string media_type;
};

// Makes a report. Pure: the same input makes the same bytes. Thread-safe.
// NOT_FOUND, TOWNSHIP_NOT_FOUND: the year has no such town. Errors of the writers.
absl::StatusOr<RenderedReport> Render(Format format, const ReportInput& input, const Templates& templates);

// The name and the media type alone, for a report that is kept already.
std::string ReportFileName(Format format, const ReportInput& input);
// A title with its extension. Its words come from a register: what a file's name cannot hold is left out.
std::string FileName(std::string_view title, Format format);
std::string_view MediaType(Format format);
// "docx", "xlsx", "csv", "md", "json": the extension, and the name in the store.
std::string_view FormatName(Format format);

}  // namespace zhenhui::reporting::report
