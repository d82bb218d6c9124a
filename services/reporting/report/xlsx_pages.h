#pragma once
#include "services/reporting/report/report_input.h"
#include "services/reporting/report/templates.h"
#include "services/reporting/report/xlsx_sheet.h"

// The sheets of the workbook, one function each.
namespace zhenhui::reporting::report {

struct WorkbookContext {
  lxw_workbook* workbook;
  const SheetFormats& formats;
  const ReportInput& input;
  const Templates& templates;
};

void AddOverview(const WorkbookContext& context);
void AddWorkSheets(const WorkbookContext& context);
void AddComparison(const WorkbookContext& context);
void AddMonths(const WorkbookContext& context);
void AddAlarms(const WorkbookContext& context);
void AddRecords(const WorkbookContext& context);

}  // namespace zhenhui::reporting::report
