#include <initializer_list>

#include "absl/strings/str_cat.h"
#include "services/reporting/report/csv_row.h"
#include "services/reporting/report/narrative.h"
#include "services/reporting/report/plain.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr size_t kCsvColumns = 15;

void AppendRow(std::string* csv, std::initializer_list<std::string> cells) {
  AppendCsvRow(csv, {cells.begin(), cells.size()}, kCsvColumns);
}

void AppendFigure(std::string* csv, const DistrictYear& year, size_t metric, int period,
                  const std::string& code, const std::string& name, const Figure& figure) {
  const YearMetric& of = year.metrics[metric];
  const bool ratio = of.type == MetricType::kRatio;
  AppendRow(csv,
            {"数据", code, CsvText(name), of.section, of.code, CsvText(of.name.zh), absl::StrCat(of.version),
             CsvText(of.unit.zh), YearPeriodName(year.year, period), StateWord(figure.state),
             PrintYearFigure(of, figure), figure.has_value() ? absl::StrCat(figure.value) : "",
             ratio ? absl::StrCat(figure.denominator) : "", absl::StrCat(figure.unconfirmed_months)});
}

}  // namespace

std::string WriteCsv(const ReportInput& input) {
  const DistrictYear& year = *input.year;
  const Subject subject(input);
  std::string csv = kByteOrderMark;
  AppendRow(&csv, {"类别", "代码", "名称", "领域", "指标代码", "指标", "口径版本", "单位", "期间", "状态",
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
    AppendRow(&csv, {"说明", "", "", "", "", "", "", "", "", "", "", "", "", "", CsvText(line)});
  }
  return csv;
}

}  // namespace zhenhui::reporting::report
