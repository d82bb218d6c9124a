#include "services/reporting/report/tables.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "services/reporting/report/alarm_tables.h"
#include "services/reporting/report/sections.h"
#include "services/reporting/report/standing.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

// A page holds a town's name and this many figures with their ranks.
constexpr size_t kMetricsInATable = 6;
constexpr size_t kNormalisedInATable = 3;  // two figures a cell
constexpr int kQuarters = 4;
using NamedTables = std::map<std::string, std::vector<Table>>;
constexpr char kUnconfirmedMark[] = "＊";
constexpr char kUnconfirmedNote[] = "＊ 有月份尚未确认，数据可能变化。";

std::string ColumnHeading(const YearMetric& metric) {
  return absl::StrCat(OneLine(metric.name.zh), "（", OneLine(metric.unit.zh), "）");
}

std::string ChangeCell(const YearMetric& metric, const Figure& now, const std::optional<Figure>& before) {
  if (!before) return "";
  const std::string number = ChangeNumber(metric, now, *before);
  if (number.find_first_not_of("0.") == std::string::npos && !number.empty()) return "持平";
  return number.empty() ? "" : absl::StrCat(number[0] == '-' ? "" : "+", number, ChangeUnit(metric));
}

constexpr char kStatesNote[] = "“0”为有记录或已确认的零；“未报”为没有记录且月份未确认。";

// Fills a row for each metric in the order of print: its name and unit, then what `add` adds. The note
// explains the marks.
template <typename Add>
void AddMetricRows(const ReportInput& input, const Templates& templates, const Add& add, Table* table) {
  for (const WorkSection& work : WorkSections()) {
    for (const size_t metric : MetricsOfSection(*input.year, templates, work.letter)) {
      const YearMetric& of = input.year->metrics[metric];
      std::vector<std::string> row = {OneLine(of.name.zh), OneLine(of.unit.zh)};
      add(metric, of, &row);
      table->rows.push_back(std::move(row));
    }
  }
  bool unconfirmed = false;
  for (const std::vector<std::string>& row : table->rows) {
    for (const std::string& cell : row)
      unconfirmed = unconfirmed || cell.find(kUnconfirmedMark) != std::string::npos;
  }
  table->note = absl::StrCat(kStatesNote, unconfirmed ? kUnconfirmedNote : "");
}

// A town's year, beside last year's.
Table FiguresTable(const ReportInput& input, const Templates& templates) {
  const Subject subject(input);
  Table table;
  table.caption = "全年";
  table.columns = {{"指标"}, {"单位"}, {"全年", true}};
  if (input.last_year != nullptr) table.columns.insert(table.columns.end(), {{"上年", true}, {"增减", true}});
  AddMetricRows(
      input, templates,
      [&](size_t metric, const YearMetric& of, std::vector<std::string>* row) {
        row->push_back(FigureCell(of, subject.figure(metric)));
        if (input.last_year == nullptr) return;
        const std::optional<Figure> before = subject.before(metric);
        row->push_back(before ? FigureCell(of, *before) : "");
        row->push_back(ChangeCell(of, subject.figure(metric), before));
      },
      &table);
  return table;
}

Table QuartersTable(const ReportInput& input, const Templates& templates) {
  const Subject subject(input);
  Table table;
  table.caption = "分季度";
  table.columns = {{"指标"},         {"单位"},         {"一季度", true},
                   {"二季度", true}, {"三季度", true}, {"四季度", true}};
  AddMetricRows(
      input, templates,
      [&](size_t metric, const YearMetric& of, std::vector<std::string>* row) {
        for (int quarter = 1; quarter <= kQuarters; ++quarter)
          row->push_back(FigureCell(of, subject.figure(metric, quarter)));
      },
      &table);
  return table;
}

Table CompletenessTable(const DistrictYear& year) {
  Table table;
  table.caption = "各乡镇（街道）数据确认情况";
  table.columns = {
      {"乡镇（街道）"}, {"村（社区）数", true}, {"常住人口", true}, {"已确认月数", true}, {"未确认月份"}};
  for (size_t town = 0; town < year.towns.size(); ++town) {
    const std::string months = UnconfirmedMonths(year, town);
    int unconfirmed = 0;
    for (const YearFigures& figures : year.towns[town].figures)
      unconfirmed = std::max(unconfirmed, figures[0].unconfirmed_months);
    const TownYear& of = year.towns[town];
    table.rows.push_back({OneLine(of.name_zh), absl::StrCat(of.villages),
                          of.residents > 0 ? absl::StrCat(of.residents) : "不详",
                          absl::StrCat(12 - unconfirmed), months.empty() ? "无" : months});
  }
  return table;
}

// The columns of one or several tables: core metrics of a field of work.
using CellOf = std::function<std::string(const MetricStanding&, size_t town)>;
struct SummaryRow {
  std::string name;
  std::function<std::string(const MetricStanding&)> cell;
};

Table TownsTable(const DistrictYear& year, const std::vector<MetricStanding>& standings, const CellOf& cell,
                 const std::vector<SummaryRow>& summaries) {
  Table table;
  table.columns = {{"乡镇（街道）"}};
  for (const MetricStanding& standing : standings)
    table.columns.push_back({ColumnHeading(year.metrics[standing.metric]), true});
  for (size_t town = 0; town < year.towns.size(); ++town) {
    std::vector<std::string> row = {OneLine(year.towns[town].name_zh)};
    for (const MetricStanding& standing : standings) row.push_back(cell(standing, town));
    table.rows.push_back(std::move(row));
  }
  for (const SummaryRow& summary : summaries) {
    std::vector<std::string> row = {summary.name};
    for (const MetricStanding& standing : standings) row.push_back(summary.cell(standing));
    table.rows.push_back(std::move(row));
  }
  table.summary_rows = static_cast<int>(summaries.size());
  return table;
}

std::string WithRank(const std::string& value, const Rank& rank) {
  if (value.empty()) return "—";
  return rank.rank == 0 ? value : absl::StrCat(value, "［", rank.rank, rank.tied ? "=" : "", "］");
}

Table ValuesTable(const DistrictYear& year, std::string_view name,
                  const std::vector<MetricStanding>& standings) {
  const auto of = [&year](const MetricStanding& standing) -> const YearMetric& {
    return year.metrics[standing.metric];
  };
  Table table = TownsTable(
      year, standings,
      [&](const MetricStanding& standing, size_t town) {
        return WithRank(FigureCell(of(standing), YearTotal(year.towns[town], standing.metric)),
                        standing.towns[town].rank);
      },
      {{"合计", [&](const MetricStanding& standing) { return FigureCell(of(standing), standing.total); }},
       {"中位数",
        [](const MetricStanding& standing) { return standing.median.empty() ? "—" : standing.median; }},
       {"基尼系数",
        [](const MetricStanding& standing) { return standing.gini.empty() ? "—" : standing.gini; }},
       {"覆盖率", [](const MetricStanding& standing) {
          return standing.coverage_percent.empty() ? "—" : absl::StrCat(standing.coverage_percent, "%");
        }}});
  const auto covered = [](const MetricStanding& standing) { return !standing.coverage_percent.empty(); };
  if (std::none_of(standings.begin(), standings.end(), covered)) {
    table.rows.pop_back();
    --table.summary_rows;
  }
  table.caption = absl::StrCat(Absl(name), "：数值和排名");
  table.note =
      "［］内为由高到低的名次，“="
      "”为并列；有月份未确认（＊）、未报、不适用的不参加排名。基尼系数越近0越均衡。";
  return table;
}

Table NormalisedTable(const DistrictYear& year, std::string_view name,
                      const std::vector<MetricStanding>& standings) {
  Table table =
      TownsTable(year, standings,
                 [](const MetricStanding& standing, size_t town) {
                   const TownStanding& of = standing.towns[town];
                   return absl::StrCat(WithRank(of.per_village, of.rank_per_village), " / ",
                                       WithRank(of.per_10000_residents, of.rank_per_10000_residents));
                 },
                 {});
  table.caption = absl::StrCat(Absl(name), "：村均 / 每万人");
  table.note = "斜线前为每个村（社区）的平均数，斜线后为每万常住人口的数；［］内为名次。";
  return table;
}

// The core metrics of a field of work, as many tables as pages can hold.
void AddSectionTables(const DistrictYear& year, const WorkSection& work, const std::vector<size_t>& metrics,
                      NamedTables* tables) {
  std::vector<MetricStanding> values, normalised;
  const auto flush = [&](std::vector<MetricStanding>& standings, const auto& make, const char* name) {
    if (standings.empty()) return;
    (*tables)[absl::StrCat(name, " ", Absl(work.letter))].push_back(make(year, work.name_zh, standings));
    standings.clear();
  };
  for (const size_t metric : metrics) {
    if (!year.metrics[metric].core) continue;
    values.push_back(StandingOf(year, metric));
    // Stocks and flows alike; a ratio is one already, and a count of villages over villages is its coverage.
    const MetricType type = year.metrics[metric].type;
    if (type == MetricType::kFlow || type == MetricType::kStock) normalised.push_back(values.back());
    if (values.size() == kMetricsInATable) flush(values, ValuesTable, "values");
    if (normalised.size() == kNormalisedInATable) flush(normalised, NormalisedTable, "normalised");
  }
  flush(values, ValuesTable, "values");
  flush(normalised, NormalisedTable, "normalised");
}

}  // namespace

std::vector<size_t> MetricsOfSection(const DistrictYear& year, const Templates& templates,
                                     std::string_view letter) {
  std::vector<size_t> metrics;
  for (const std::string& code : templates.metric_order()) {
    const std::optional<size_t> metric = FindMetric(year, code);
    if (metric && year.metrics[*metric].section == letter) metrics.push_back(*metric);
  }
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    if (year.metrics[metric].section == letter && !templates.Names(year.metrics[metric].code))
      metrics.push_back(metric);
  }
  return metrics;
}

std::map<std::string, std::vector<Table>> ReportTables(const ReportInput& input, const Templates& templates) {
  NamedTables tables;
  if (!input.township.empty()) {
    tables["figures"].push_back(FiguresTable(input, templates));
    tables["quarters"].push_back(QuartersTable(input, templates));
    tables["alarms"].push_back(TownAlarmsTable(AlarmsOfReport(input)));
    return tables;
  }
  tables["completeness"].push_back(CompletenessTable(*input.year));
  if (const std::vector<ReportAlarm> alarms = AlarmsOfReport(input); !alarms.empty()) {
    tables["alarms"].push_back(AlarmCountsTable(*input.year, alarms));
    tables["explanations"].push_back(ExplanationsTable(*input.year, alarms));
  }
  for (const WorkSection& work : WorkSections()) {
    AddSectionTables(*input.year, work, MetricsOfSection(*input.year, templates, work.letter), &tables);
  }
  return tables;
}

std::string FigureCell(const YearMetric& metric, const Figure& figure) {
  const std::string text = YearFigureText(metric, figure);
  return figure.has_value() && figure.unconfirmed_months > 0 ? absl::StrCat(text, kUnconfirmedMark) : text;
}

}  // namespace zhenhui::reporting::report
