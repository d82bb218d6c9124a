#pragma once
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "clients/zhenhui/context.h"
#include "zhenhui/reporting/v1/report_service.pb.h"

namespace CLI {
class App;
}

// The commands of `zhenhui report`; as commands.h.
namespace zhenhui::cli {

void AddReportCheck(CLI::App& group, Context& context);
void AddReportRender(CLI::App& group, Context& context);

// A form of report by the name that people give it, which is also its file's extension.
struct ReportForm {
  const char* name;  // "docx"
  reporting::v1::ReportFormat format;
};
const std::vector<ReportForm>& ReportForms();
std::vector<std::string> ReportFormNames();

struct FetchedReport {
  std::string bytes;
  std::string file_name;  // for people, without folders
  std::string digest;     // SHA-256, 64 hex digits; the bytes have it
};
// `year_end`: "districts/630106/yearEnds/2024"; `township`: 9 digits, empty for the district's. DATA_LOSS,
// REPORT_DAMAGED: it did not arrive whole. Errors of RenderReport.
absl::StatusOr<FetchedReport> FetchReport(Context& context, const std::string& year_end,
                                          const std::string& township, reporting::v1::ReportFormat format,
                                          bool draft);

}  // namespace zhenhui::cli
