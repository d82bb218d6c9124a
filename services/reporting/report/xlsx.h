#pragma once
#include <string>

#include "absl/status/statusor.h"
#include "services/reporting/report/report_input.h"
#include "services/reporting/report/templates.h"

namespace zhenhui::reporting::report {

// A workbook: 概览 (where the figures come from, core figures), a sheet for each field of work, 比较 (ranks),
// 月度 (months) and, of a town, 明细 (the records behind its core figures). Numbers are numbers; what is not
// reported is text. The comparison of a town's workbook has its own places and the district's middle, not
// other towns' figures. The same input makes the same bytes. Orders metrics as the templates do.
// RESOURCE_EXHAUSTED, REPORT_NOT_WRITTEN: no temporary file.
absl::StatusOr<std::string> WriteXlsx(const ReportInput& input, const Templates& templates);

}  // namespace zhenhui::reporting::report
