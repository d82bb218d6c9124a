#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "services/reporting/report/narrative.h"
#include "services/reporting/report/plain.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr char kByteOrderMark[] = "\xEF\xBB\xBF";
constexpr size_t kCsvColumns = 15;

// A name that begins like a formula must not become one in a spreadsheet.
std::string CsvText(std::string text) {
  text = OneLine(text);
  if (!text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(",\"") == std::string::npos) return text;
  return absl::StrCat("\"", absl::StrReplaceAll(text, {{"\"", "\"\""}}), "\"");
}

void AppendCsvRow(std::string* csv, std::initializer_list<std::string> cells) {
  size_t count = 0;
  for (const std::string& cell : cells) {
    absl::StrAppend(csv, count == 0 ? "" : ",", cell);
    ++count;
  }
  for (; count < kCsvColumns; ++count) csv->push_back(',');
  csv->append("\r\n");
}

const char* StateWord(FigureState state) {
  switch (state) {
    case FigureState::kValue:
      return "有数据";
    case FigureState::kConfirmedZero:
      return "已确认的零";
    case FigureState::kNotReported:
      return "未报";
    case FigureState::kNotApplicable:
      break;
  }
  return "不适用";
}

void AppendFigure(std::string* csv, const DistrictYear& year, size_t metric, int period,
                  const std::string& code, const std::string& name, const Figure& figure) {
  const YearMetric& of = year.metrics[metric];
  const bool ratio = of.type == MetricType::kRatio;
  AppendCsvRow(
      csv, {"数据", code, CsvText(name), of.section, of.code, CsvText(of.name.zh), absl::StrCat(of.version),
            CsvText(of.unit.zh), YearPeriodName(year.year, period), StateWord(figure.state),
            PrintYearFigure(of, figure), figure.has_value() ? absl::StrCat(figure.value) : "",
            ratio ? absl::StrCat(figure.denominator) : "", absl::StrCat(figure.unconfirmed_months)});
}

}  // namespace

std::string WriteCsv(const ReportInput& input) {
  const DistrictYear& year = *input.year;
  const Subject subject(input);
  std::string csv = kByteOrderMark;
  AppendCsvRow(&csv, {"类别", "代码", "名称", "领域", "指标代码", "指标", "口径版本", "单位", "期间", "状态",
                      "数值", "分子或原值", "分母", "未确认月数", "说明"});
  for (size_t town = 0; town < year.towns.size(); ++town) {
    if (subject.town_index() && *subject.town_index() != town) continue;
    const TownYear& of = year.towns[town];
    for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
      for (int period = 0; period < kYearPeriods; ++period) {
        AppendFigure(&csv, year, metric, period, of.code, of.name_zh,
                     of.figures[metric][static_cast<size_t>(period)]);
      }
    }
  }
  if (subject.town() == nullptr) {
    for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
      for (int period = 0; period < kYearPeriods; ++period) {
        AppendFigure(&csv, year, metric, period, year.district, "合计", DistrictTotal(year, metric, period));
      }
    }
  }
  for (const std::string& line : ProvenanceLines(input)) {
    AppendCsvRow(&csv, {"说明", "", "", "", "", "", "", "", "", "", "", "", "", "", CsvText(line)});
  }
  return csv;
}

}  // namespace zhenhui::reporting::report
