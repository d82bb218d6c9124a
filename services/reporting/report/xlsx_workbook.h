#pragma once
#include <xlsxwriter.h>

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "services/reporting/report/xlsx_sheet.h"

namespace zhenhui::reporting::report {

// Makes a workbook in memory; `fill` adds its sheets. `created` is in seconds since 1970. The same input
// makes the same bytes. RESOURCE_EXHAUSTED, REPORT_NOT_WRITTEN: no temporary file.
absl::StatusOr<std::string> MakeWorkbook(std::string title, time_t created,
                                         const std::function<void(lxw_workbook*, const SheetFormats&)>& fill);

}  // namespace zhenhui::reporting::report
