#include "services/reporting/report/comparison_rows.h"

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "services/reporting/report/standing.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

// The raw sums; empty where there is no value, so that nobody adds up what was not reported.
void AppendSums(const MetricPlan& plan, const Figure& figure, std::vector<std::string>* row) {
  row->push_back(figure.has_value() ? absl::StrCat(figure.value) : "");
  row->push_back(figure.has_value() && plan.is_ratio() ? absl::StrCat(figure.denominator) : "");
  row->push_back(absl::StrCat(figure.unconfirmed_months));
}

std::string UnitOfChange(const MetricPlan& plan) {
  return plan.is_ratio() && plan.printed_scale == 100 ? "个百分点" : "%";
}

const char* RankedBy(Normalisation normalisation) {
  switch (normalisation) {
    case Normalisation::kNone:
      return "原值";
    case Normalisation::kPerVillage:
      return "村均（除以期末村、社区数）";
    case Normalisation::kPer10000Residents:
      break;
  }
  return "每万人（除以期末当年人口）";
}

}  // namespace

std::vector<std::string> ComparisonRow(const MetricComparison& comparison, const TownFigure& figure,
                                       const TownView& town) {
  const MetricPlan& plan = *comparison.metric;
  const Metric& metric = *plan.metric;
  std::vector<std::string> row = {metric.code, metric.name.zh, metric.unit.zh, town.code, TownName(town)};
  row.push_back(StateWord(figure.figure.state));
  row.push_back(figure.decimal.Text());
  AppendSums(plan, figure.figure, &row);
  row.push_back(figure.per_village.Text());
  row.push_back(figure.per_10000_residents.Text());
  row.push_back(figure.rank > 0 ? absl::StrCat(figure.rank) : "");
  row.push_back(figure.tied ? "并列" : "");
  row.push_back(WithheldText(figure.rank_withheld));
  row.push_back(figure.share_percent.Text());
  row.push_back(figure.difference_from_median.Text());
  row.push_back(figure.last_year_decimal.Text());
  row.push_back(StateWord(figure.last_year.state));
  AppendSums(plan, figure.last_year, &row);
  row.push_back(figure.change_percent.Text());
  row.push_back(figure.change_percent.empty() ? "" : UnitOfChange(plan));
  row.push_back(comparison.total_decimal.Text());
  row.push_back(comparison.median.Text());
  row.push_back(comparison.gini.Text());
  row.push_back(absl::StrCat(metric.version));
  return row;
}

std::string TownName(const TownView& town) {
  const auto& township = town.state->places().township;
  return township ? township->name_zh : town.code;
}

std::string TypeText(const Metric& metric) {
  switch (metric.type) {
    case MetricType::kFlow:
      return "期间内发生数";
    case MetricType::kStock:
      return "期末数";
    case MetricType::kRatio:
      return "比率（分子合计÷分母合计）";
    case MetricType::kDistinct:
      break;
  }
  return "期末覆盖的村（社区）数";
}

std::string DateBasisText(const Metric& metric) {
  if (metric.date_basis == "as_of_date") return "期间最后一日";
  if (metric.date_basis == "acceptance_date") return "受理日期";
  if (metric.date_basis == "decision_date") return "决定日期";
  if (metric.date_basis == "hearing_date") return "开庭日期";
  return "活动日期";
}

std::vector<std::string> ComparisonNotes(const ComparisonInput& input) {
  // China has one time zone and no summer time.
  const std::string made =
      absl::FormatTime("%Y-%m-%d %H:%M", input.made_at, absl::FixedTimeZone(8 * 60 * 60));
  return {absl::StrCat("期间：", FormatDate(input.period.begin), "至", FormatDate(input.period.end),
                       "，含首尾两日"),
          absl::StrCat("排名、中位数、基尼系数依据：", RankedBy(input.normalisation), "；比率按比率本身比较"),
          "有月份未确认、未报、不适用或没有基数的，不排名",
          "上年同期：上一年的相同日期；整月对整月；增减以上年同期为基数，比率为百分点",
          absl::StrCat("数据时点：", made, "（北京时间），包含的记录版本见各乡镇；以后的更正不在其中")};
}

}  // namespace zhenhui::reporting::report
