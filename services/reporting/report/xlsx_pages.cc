#include "services/reporting/report/xlsx_pages.h"

#include "absl/strings/str_cat.h"
#include "services/reporting/report/narrative.h"
#include "services/reporting/report/report_alarms.h"
#include "services/reporting/report/sections.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/tables.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr int kFirstQuarter = 1;
constexpr int kQuartersEnd = 5;
constexpr int kFirstMonth = 5;

std::string StateText(const Figure& figure) {
  switch (figure.state) {
    case FigureState::kConfirmedZero:
      return "已确认的零";
    case FigureState::kNotReported:
      return "未报";
    case FigureState::kNotApplicable:
      return "不适用";
    case FigureState::kValue:
      break;
  }
  return figure.unconfirmed_months > 0 ? absl::StrCat("有", figure.unconfirmed_months, "个月未确认")
                                       : "有数据";
}

// Name, unit, the year; last year and the change where there is one; and how complete it is.
void AddFigureColumns(Sheet* sheet, const Subject& subject, size_t metric, bool last_year) {
  const YearMetric& of = subject.year().metrics[metric];
  const Figure figure = subject.figure(metric);
  sheet->Text(of.name.zh);
  sheet->Text(of.unit.zh);
  sheet->Number(YearFigureText(of, figure));
  if (last_year) {
    const std::optional<Figure> before = subject.before(metric);
    sheet->Number(before ? YearFigureText(of, *before) : "");
    sheet->Number(before ? ChangeNumber(of, figure, *before) : "");
    sheet->Text(before && !ChangeNumber(of, figure, *before).empty() ? ChangeUnit(of) : "");
  }
  sheet->Text(StateText(figure));
}

std::vector<std::string> FigureHeadings(bool last_year) {
  std::vector<std::string> names = {"指标", "单位", "全年"};
  if (last_year) names.insert(names.end(), {"上年", "增减", "增减单位"});
  names.push_back("状态");
  return names;
}

void AddWorkSheet(const WorkbookContext& context, const WorkSection& work,
                  const std::vector<size_t>& metrics) {
  const Subject subject(context.input);
  const bool last_year = context.input.last_year != nullptr;
  Sheet sheet(context.workbook, context.formats, std::string(work.name_zh));
  std::vector<std::string> names = FigureHeadings(last_year);
  names.insert(names.end(),
               {"一季度", "二季度", "三季度", "四季度", "分子或原值", "分母", "口径版本", "口径", "代码"});
  sheet.Heading(names, 1);
  for (const size_t metric : metrics) {
    const YearMetric& of = context.input.year->metrics[metric];
    AddFigureColumns(&sheet, subject, metric, last_year);
    for (int period = kFirstQuarter; period < kQuartersEnd; ++period)
      sheet.Number(YearFigureText(of, subject.figure(metric, period)));
    const Figure figure = subject.figure(metric);
    if (of.type == MetricType::kRatio) {
      sheet.Number(figure.value);
      sheet.Number(figure.denominator);
    } else {
      if (figure.has_value()) {
        sheet.Number(figure.value);
      } else {
        sheet.Skip();
      }
      sheet.Skip();
    }
    sheet.Number(of.version);
    sheet.Wrapped(of.definition.zh);
    sheet.Text(of.code);
    sheet.NextRow();
  }
  sheet.Finish();
}

}  // namespace

void AddOverview(const WorkbookContext& context) {
  const ReportInput& input = context.input;
  const Subject subject(input);
  const bool last_year = input.last_year != nullptr;
  Sheet sheet(context.workbook, context.formats, "概览");
  sheet.FitOnePage();
  sheet.Title(
      absl::StrCat(subject.name(), input.year->year, "年法治政府建设数据", input.draft() ? "（草稿）" : ""));
  sheet.NextRow();
  std::vector<std::string> names = {"工作领域"};
  for (std::string& name : FigureHeadings(last_year)) names.push_back(std::move(name));
  sheet.Heading(names, 2);
  for (const WorkSection& work : WorkSections()) {
    for (const size_t metric : MetricsOfSection(*input.year, context.templates, work.letter)) {
      if (!input.year->metrics[metric].core) continue;
      sheet.Text(std::string(work.name_zh));
      AddFigureColumns(&sheet, subject, metric, last_year);
      sheet.NextRow();
    }
  }
  sheet.Finish();
  sheet.NextRow();
  for (const std::string& line : ProvenanceLines(input)) {
    sheet.Paragraph(line);
    sheet.NextRow();
  }
  if (input.records_cut) sheet.Paragraph(absl::StrCat("“明细”只列出前", input.records.size(), "条。"));
}

void AddWorkSheets(const WorkbookContext& context) {
  for (const WorkSection& work : WorkSections()) {
    const std::vector<size_t> metrics = MetricsOfSection(*context.input.year, context.templates, work.letter);
    if (!metrics.empty()) AddWorkSheet(context, work, metrics);
  }
}

void AddMonths(const WorkbookContext& context) {
  const Subject subject(context.input);
  Sheet sheet(context.workbook, context.formats, "月度");
  std::vector<std::string> names = {"工作领域", "指标", "单位", "全年"};
  for (int month = 1; month <= 12; ++month) names.push_back(absl::StrCat(month, "月"));
  sheet.Heading(names, 2);
  for (const WorkSection& work : WorkSections()) {
    for (const size_t metric : MetricsOfSection(*context.input.year, context.templates, work.letter)) {
      const YearMetric& of = context.input.year->metrics[metric];
      sheet.Text(std::string(work.name_zh));
      sheet.Text(of.name.zh);
      sheet.Text(of.unit.zh);
      sheet.Number(YearFigureText(of, subject.figure(metric)));
      for (int period = kFirstMonth; period < kYearPeriods; ++period)
        sheet.Number(YearFigureText(of, subject.figure(metric, period)));
      sheet.NextRow();
    }
  }
  sheet.Finish();
}

void AddRecords(const WorkbookContext& context) {
  if (context.input.township.empty()) return;
  Sheet sheet(context.workbook, context.formats, "明细");
  const std::string count = absl::StrCat(context.input.records.size());
  if (context.input.records_cut) {
    sheet.Warning(absl::StrCat("未列完：只列出前", count,
                               "条，其余请在系统中查询；各指标以“概览”为准，不要用本表求和。"));
  } else {
    sheet.Text(absl::StrCat("共", count, "条，已全部列出；同一条记录计入几个指标，就列几行。"), 0);
  }
  sheet.NextRow();
  sheet.Heading({"指标", "日期", "标题", "类型", "村（社区）", "计入数", "计入分母", "版本", "记录"}, 1);
  for (const RecordRow& record : context.input.records) {
    const std::optional<size_t> metric = FindMetric(*context.input.year, record.metric);
    sheet.Text(metric ? context.input.year->metrics[*metric].name.zh : record.metric);
    sheet.Text(record.date);
    sheet.Text(record.title);
    sheet.Text(record.kind);
    sheet.Text(record.village);
    sheet.Number(record.value);
    if (record.denominator != 0) {
      sheet.Number(record.denominator);
    } else {
      sheet.Skip();
    }
    sheet.Number(record.revision);
    sheet.Text(record.record);
    sheet.NextRow();
  }
  sheet.Finish();
}

void AddAlarms(const WorkbookContext& context) {
  const std::vector<ReportAlarm> alarms = AlarmsOfReport(context.input);
  if (alarms.empty()) return;
  Sheet sheet(context.workbook, context.formats, "需要说明的数据");
  sheet.Heading({"乡镇（街道）", "提示", "内容", "说明", "说明人", "编号"}, 1);
  for (const ReportAlarm& alarm : alarms) {
    sheet.Text(context.input.year->towns[alarm.town].name_zh);
    sheet.Text(AlarmWord(alarm.type));
    sheet.Wrapped(alarm.text);
    sheet.Wrapped(ExplanationText(alarm));
    sheet.Text(alarm.explained_by);
    sheet.Text(alarm.id);
    sheet.NextRow();
  }
  sheet.Finish();
}

}  // namespace zhenhui::reporting::report
