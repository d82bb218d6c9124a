#include "services/reporting/report/report.h"

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/report/docx.h"
#include "services/reporting/report/narrative.h"
#include "services/reporting/report/plain.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/wording.h"
#include "services/reporting/report/xlsx.h"

namespace zhenhui::reporting::report {
namespace {

std::string TitleOf(const ReportInput& input) {
  return absl::StrCat(Subject(input).name(), input.year->year,
                      input.township.empty() ? "年法治政府建设数据比较报告" : "年法治政府建设情况报告");
}

absl::StatusOr<std::string> Content(Format format, const ReportInput& input, const Templates& templates) {
  switch (format) {
    case Format::kDocx:
      return WriteDocx(WriteNarrative(input, templates),
                       {.title = TitleOf(input),
                        .footer = ProvenanceFooter(input),
                        .header = input.draft() ? "草稿 · DRAFT · 不得上报" : "",
                        .created = absl::StrCat(FormatDate(input.cut_off), "T00:00:00Z")});
    case Format::kXlsx:
      return WriteXlsx(input, templates);
    case Format::kCsv:
      return WriteCsv(input);
    case Format::kMarkdown:
      return WriteMarkdown(WriteNarrative(input, templates));
    case Format::kJson:
      break;
  }
  return WriteJson(input);
}

}  // namespace

absl::StatusOr<RenderedReport> Render(Format format, const ReportInput& input, const Templates& templates) {
  if (!input.township.empty() && !FindTown(*input.year, input.township)) {
    return Error(absl::StatusCode::kNotFound, "TOWNSHIP_NOT_FOUND",
                 absl::StrCat("the figures of ", input.year->year, " have no township ", input.township));
  }
  RenderedReport report;
  ASSIGN_OR_RETURN(report.content, Content(format, input, templates));
  report.file_name = ReportFileName(format, input);
  report.media_type = std::string(MediaType(format));
  return report;
}

std::string ReportFileName(Format format, const ReportInput& input) {
  return FileName(absl::StrCat(Subject(input).code(), TitleOf(input), input.draft() ? "（草稿）" : ""),
                  format);
}

std::string FileName(std::string_view title, Format format) {
  std::string name;
  for (const char c : title) {
    if (std::string_view("/\\:*?\"<>|").find(c) == std::string_view::npos) name += c;
  }
  return absl::StrCat(name, ".", Absl(FormatName(format)));
}

std::string_view MediaType(Format format) {
  switch (format) {
    case Format::kDocx:
      return "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    case Format::kXlsx:
      return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    case Format::kCsv:
      return "text/csv; charset=utf-8";
    case Format::kMarkdown:
      return "text/markdown; charset=utf-8";
    case Format::kJson:
      break;
  }
  return "application/json";
}

std::string_view FormatName(Format format) {
  switch (format) {
    case Format::kDocx:
      return "docx";
    case Format::kXlsx:
      return "xlsx";
    case Format::kCsv:
      return "csv";
    case Format::kMarkdown:
      return "md";
    case Format::kJson:
      break;
  }
  return "json";
}

}  // namespace zhenhui::reporting::report
