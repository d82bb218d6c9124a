#include "absl/strings/str_cat.h"
#include "services/reporting/report/sections.h"
#include "services/reporting/report/standing.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/tables.h"
#include "services/reporting/report/wording.h"
#include "services/reporting/report/xlsx_pages.h"

namespace zhenhui::reporting::report {
namespace {

void AddPlace(Sheet* sheet, const std::string& value, const Rank& rank) {
  sheet->Number(value);
  if (rank.rank > 0) {
    sheet->Number(rank.rank);
  } else {
    sheet->Skip();
  }
}

void AddTownRow(const WorkbookContext& context, Sheet* sheet, const WorkSection& work,
                const MetricStanding& standing, size_t town) {
  const DistrictYear& year = *context.input.year;
  const YearMetric& metric = year.metrics[standing.metric];
  const TownStanding& of = standing.towns[town];
  sheet->Text(std::string(work.name_zh));
  sheet->Text(metric.name.zh);
  sheet->Text(metric.unit.zh);
  sheet->Text(year.towns[town].name_zh);
  AddPlace(sheet, YearFigureText(metric, YearTotal(year.towns[town], standing.metric)), of.rank);
  sheet->Text(of.rank.tied ? "并列" : "");
  AddPlace(sheet, of.per_village, of.rank_per_village);
  AddPlace(sheet, of.per_10000_residents, of.rank_per_10000_residents);
  sheet->Number(of.share_percent);
  sheet->Text(WithheldText(of.withheld));
}

// Of all towns: below a metric's towns in the district's workbook, beside the town in its own.
void AddMiddle(const YearMetric& metric, Sheet* sheet, const MetricStanding& standing) {
  sheet->Number(YearFigureText(metric, standing.total));
  sheet->Number(standing.median);
  sheet->Number(standing.gini);
  sheet->Number(standing.coverage_percent);
  sheet->Number(standing.ranked);
}

std::vector<std::string> ComparisonHeadings() {
  return {"工作领域",     "指标",     "单位",     "乡镇（街道）", "数值",       "名次",
          "并列",         "村均",     "村均名次", "每万人",       "每万人名次", "占全区%",
          "不排名的原因", "全区合计", "中位数",   "基尼系数",     "覆盖率%",    "参加排名数"};
}

}  // namespace

void AddComparison(const WorkbookContext& context) {
  const DistrictYear& year = *context.input.year;
  const Subject subject(context.input);
  Sheet sheet(context.workbook, context.formats, "比较");
  sheet.Heading(ComparisonHeadings(), 4);
  for (const WorkSection& work : WorkSections()) {
    for (const size_t metric : MetricsOfSection(year, context.templates, work.letter)) {
      if (!year.metrics[metric].core) continue;
      const MetricStanding standing = StandingOf(year, metric);
      for (size_t town = 0; town < year.towns.size(); ++town) {
        if (subject.town_index() && *subject.town_index() != town) continue;
        AddTownRow(context, &sheet, work, standing, town);
        AddMiddle(year.metrics[metric], &sheet, standing);
        sheet.NextRow();
      }
    }
  }
  sheet.Finish();
}

}  // namespace zhenhui::reporting::report
