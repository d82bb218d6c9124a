#include "services/reporting/report/comparison_file.h"

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/report/comparison_rows.h"
#include "services/reporting/report/csv_row.h"
#include "services/reporting/report/xlsx_workbook.h"

namespace zhenhui::reporting::report {
namespace {

constexpr int kFrozenColumns = 5;
// What a row is, then the columns, then a note.
constexpr size_t kFileColumns = kComparisonColumns.size() + 2;

void AppendCells(std::string* csv, const char* what, const std::vector<std::string>& row,
                 const std::string& note) {
  std::vector<std::string> cells = {what};
  for (size_t i = 0; i < kComparisonColumns.size(); ++i) {
    const std::string text = i < row.size() ? row[i] : "";
    cells.push_back(kComparisonColumns[i].number ? text : CsvText(text));
  }
  cells.push_back(CsvText(note));
  AppendCsvRow(csv, cells, kFileColumns);
}

std::string RevisionsText(const TownView& town) {
  return absl::StrCat("活动记录版本", town.state->applied()[Feed::kActivities], "，名册版本",
                      town.state->applied()[Feed::kTownships]);
}

std::string WriteComparisonCsv(const ComparisonInput& input) {
  std::string csv = kByteOrderMark;
  std::vector<std::string> headings = {"类别"};
  for (const ComparisonColumn& column : kComparisonColumns) headings.emplace_back(column.heading);
  headings.push_back("说明");
  AppendCsvRow(&csv, headings, kFileColumns);
  for (const MetricComparison& comparison : input.comparisons) {
    for (size_t i = 0; i < input.towns.size(); ++i)
      AppendCells(&csv, "数据", ComparisonRow(comparison, comparison.towns[i], input.towns[i]), "");
  }
  for (const MetricComparison& comparison : input.comparisons) {
    const Metric& metric = *comparison.metric->metric;
    AppendCells(&csv, "口径", {metric.code, metric.name.zh, metric.unit.zh},
                absl::StrCat(TypeText(metric), "；按", DateBasisText(metric), "；", metric.definition.zh));
  }
  for (const TownView& town : input.towns)
    AppendCells(&csv, "版本", {"", "", "", town.code, TownName(town)}, RevisionsText(town));
  for (const std::string& line : ComparisonNotes(input)) AppendCells(&csv, "说明", {}, line);
  return csv;
}

void AddFigures(lxw_workbook* workbook, const SheetFormats& formats, const ComparisonInput& input) {
  Sheet sheet(workbook, formats, "比较");
  std::vector<std::string> headings;
  for (const ComparisonColumn& column : kComparisonColumns) headings.emplace_back(column.heading);
  sheet.Heading(headings, kFrozenColumns);
  for (const MetricComparison& comparison : input.comparisons) {
    for (size_t i = 0; i < input.towns.size(); ++i) {
      std::vector<std::string> row = ComparisonRow(comparison, comparison.towns[i], input.towns[i]);
      if (row[kValueColumn].empty()) row[kValueColumn] = row[kStateColumn];
      if (row[kLastYearColumn].empty()) row[kLastYearColumn] = row[kLastYearStateColumn];
      for (size_t column = 0; column < row.size(); ++column) {
        if (kComparisonColumns[column].number) {
          sheet.Number(row[column]);
        } else {
          sheet.Text(row[column]);
        }
      }
      sheet.NextRow();
    }
  }
  sheet.Finish();
}

void AddTexts(Sheet* sheet, const std::vector<std::string>& texts) {
  for (const std::string& text : texts) sheet->Text(text);
  sheet->NextRow();
}

void AddMeaning(lxw_workbook* workbook, const SheetFormats& formats, const ComparisonInput& input) {
  Sheet sheet(workbook, formats, "口径和数据时点");
  sheet.Heading({"指标代码", "指标", "单位", "类型", "时间口径", "口径版本", "口径"}, 2);
  for (const MetricComparison& comparison : input.comparisons) {
    const Metric& metric = *comparison.metric->metric;
    for (const std::string& text :
         {metric.code, metric.name.zh, metric.unit.zh, TypeText(metric), DateBasisText(metric)})
      sheet.Text(text);
    sheet.Number(metric.version);
    sheet.Wrapped(metric.definition.zh);
    sheet.NextRow();
  }
  sheet.Finish();
  sheet.NextRow();
  AddTexts(&sheet, {"乡镇代码", "乡镇（街道）", "", "活动记录版本", "名册版本"});
  for (const TownView& town : input.towns) {
    for (const std::string& text : {town.code, TownName(town), std::string()}) sheet.Text(text);
    for (const Feed feed : kFeeds) sheet.Number(town.state->applied()[feed]);
    sheet.NextRow();
  }
  sheet.NextRow();
  for (const std::string& line : ComparisonNotes(input)) AddTexts(&sheet, {line});
}

absl::StatusOr<std::string> ComparisonContent(Format format, const ComparisonInput& input) {
  if (format == Format::kCsv) return WriteComparisonCsv(input);
  return MakeWorkbook(absl::StrCat(input.place, "比较"), absl::ToTimeT(input.made_at),
                      [&](lxw_workbook* workbook, const SheetFormats& formats) {
                        AddFigures(workbook, formats, input);
                        AddMeaning(workbook, formats, input);
                      });
}

}  // namespace

absl::StatusOr<RenderedReport> RenderComparison(Format format, const ComparisonInput& input) {
  if (format != Format::kCsv && format != Format::kXlsx)
    return InvalidFields({{"format", "FORMAT_NOT_OFFERED", "a comparison is written as csv or xlsx"}});
  if (input.comparisons.size() * input.towns.size() > kMaxComparisonRows) {
    return Error(absl::StatusCode::kInvalidArgument, "RESULT_TOO_LARGE",
                 absl::StrCat("more than ", kMaxComparisonRows, " rows; ask for fewer metrics or towns"));
  }
  RenderedReport report;
  ASSIGN_OR_RETURN(report.content, ComparisonContent(format, input));
  report.file_name = FileName(
      absl::StrCat(input.place, "比较", FormatDate(input.period.begin), "至", FormatDate(input.period.end)),
      format);
  report.media_type = std::string(MediaType(format));
  return report;
}

}  // namespace zhenhui::reporting::report
