#include "services/reporting/report/xlsx.h"

#include "absl/strings/str_cat.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/xlsx_pages.h"
#include "services/reporting/report/xlsx_workbook.h"

namespace zhenhui::reporting::report {

absl::StatusOr<std::string> WriteXlsx(const ReportInput& input, const Templates& templates) {
  constexpr time_t kDay = 86'400;
  return MakeWorkbook(absl::StrCat(Subject(input).name(), input.year->year, "年法治政府建设数据"),
                      ToEpochDays(input.cut_off) * kDay,
                      [&](lxw_workbook* workbook, const SheetFormats& formats) {
                        const WorkbookContext context{workbook, formats, input, templates};
                        AddOverview(context);
                        AddWorkSheets(context);
                        AddComparison(context);
                        AddMonths(context);
                        AddAlarms(context);
                        AddRecords(context);
                      });
}

}  // namespace zhenhui::reporting::report
