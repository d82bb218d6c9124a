#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "services/reporting/report/plain.h"
#include "services/reporting/report/report_alarms.h"
#include "services/reporting/report/standing.h"
#include "services/reporting/report/subject.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

using Json = nlohmann::ordered_json;

const char* StateCode(FigureState state) {
  switch (state) {
    case FigureState::kValue:
      return "VALUE";
    case FigureState::kConfirmedZero:
      return "CONFIRMED_ZERO";
    case FigureState::kNotReported:
      return "NOT_REPORTED";
    case FigureState::kNotApplicable:
      break;
  }
  return "NOT_APPLICABLE";
}

Json FigureJson(const YearMetric& metric, const Figure& figure) {
  Json json = {{"state", StateCode(figure.state)}};
  if (figure.has_value()) {
    json["decimal"] = PrintYearFigure(metric, figure);
    json["value"] = absl::StrCat(figure.value);
    if (metric.type == MetricType::kRatio) json["denominator"] = absl::StrCat(figure.denominator);
  }
  if (figure.unconfirmed_months > 0) json["unconfirmedMonths"] = figure.unconfirmed_months;
  return json;
}

template <typename FigureAt>
Json FiguresJson(const DistrictYear& year, const FigureAt& at) {
  Json json = Json::object();
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    Json& periods = json[year.metrics[metric].code] = Json::object();
    for (int period = 0; period < kYearPeriods; ++period) {
      periods[YearPeriodName(year.year, period)] = FigureJson(year.metrics[metric], at(metric, period));
    }
  }
  return json;
}

Json MetricsJson(const DistrictYear& year) {
  Json json = Json::array();
  for (const YearMetric& metric : year.metrics) {
    json.push_back({{"code", metric.code},
                    {"version", metric.version},
                    {"type", std::string(MetricTypeName(metric.type))},
                    {"core", metric.core},
                    {"section", metric.section},
                    {"nameZh", metric.name.zh},
                    {"nameEn", metric.name.en},
                    {"unitZh", metric.unit.zh},
                    {"unitEn", metric.unit.en},
                    {"definitionZh", metric.definition.zh},
                    {"definitionEn", metric.definition.en}});
  }
  return json;
}

Json LastYearJson(const ReportInput& input) {
  const Subject subject(input);
  Json json = Json::object();
  for (size_t metric = 0; metric < input.year->metrics.size(); ++metric) {
    const YearMetric& of = input.year->metrics[metric];
    const std::optional<Figure> before = subject.before(metric);
    if (!before) continue;
    Json entry = FigureJson(of, *before);
    const std::string change = ChangeNumber(of, subject.figure(metric), *before);
    if (!change.empty()) {
      entry["change"] = change;
      entry["changeUnit"] = ChangeUnit(of);
    }
    json[of.code] = std::move(entry);
  }
  return json;
}

Json TownJson(const DistrictYear& year, const TownYear& town) {
  return {{"code", town.code},
          {"nameZh", town.name_zh},
          {"revisions",
           {{"activities", absl::StrCat(town.revisions[Feed::kActivities])},
            {"townships", absl::StrCat(town.revisions[Feed::kTownships])}}},
          {"villages", town.villages},
          {"residents", absl::StrCat(town.residents)},
          {"figures", FiguresJson(year, [&town](size_t metric, int period) {
             return town.figures[metric][static_cast<size_t>(period)];
           })}};
}

Json RanksJson(const DistrictYear& year) {
  Json json = Json::object();
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    if (!year.metrics[metric].core) continue;
    const MetricStanding standing = StandingOf(year, metric);
    Json& entry = json[year.metrics[metric].code] = {{"median", standing.median}, {"gini", standing.gini}};
    if (!standing.coverage_percent.empty()) entry["coveragePercent"] = standing.coverage_percent;
    for (size_t town = 0; town < year.towns.size(); ++town) {
      const TownStanding& of = standing.towns[town];
      entry["townships"][year.towns[town].code] = {
          {"rank", of.rank.rank},
          {"tied", of.rank.tied},
          {"perVillage", of.per_village},
          {"rankPerVillage", of.rank_per_village.rank},
          {"per10000Residents", of.per_10000_residents},
          {"rankPer10000Residents", of.rank_per_10000_residents.rank}};
    }
  }
  return json;
}

Json AlarmsJson(const ReportInput& input) {
  Json json = Json::array();
  for (const ReportAlarm& alarm : AlarmsOfReport(input)) {
    Json& entry = json.emplace_back(
        Json{{"name", absl::StrCat("townships/", input.year->towns[alarm.town].code, "/alarms/", alarm.id)},
             {"textZh", alarm.text},
             {"explanation", alarm.explanation}});
    if (!alarm.explanation.empty()) {
      entry["explainedBy"] = alarm.explained_by;
      entry["ofOtherFigures"] = alarm.other_figures;
    }
  }
  return json;
}

}  // namespace

std::string WriteJson(const ReportInput& input) {
  const DistrictYear& year = *input.year;
  const Subject subject(input);
  Json json = {{"district", year.district},
               {"township", input.township},
               {"nameZh", subject.name()},
               {"year", year.year},
               {"cutOffDate", FormatDate(input.cut_off)},
               {"draft", input.draft()},
               {"generation", input.generation},
               {"certificateDigest", input.certificate_digest},
               {"catalogueVersion", absl::StrCat(year.catalogue_version)},
               {"metrics", MetricsJson(year)},
               {"townships", Json::array()}};
  for (size_t town = 0; town < year.towns.size(); ++town) {
    if (!subject.town_index() || *subject.town_index() == town)
      json["townships"].push_back(TownJson(year, year.towns[town]));
  }
  json["alarms"] = AlarmsJson(input);
  if (input.last_year != nullptr) json["lastYear"] = LastYearJson(input);
  if (subject.town() == nullptr) {
    json["total"] =
        FiguresJson(year, [&](size_t metric, int period) { return DistrictTotal(year, metric, period); });
    json["ranks"] = RanksJson(year);
  }
  // Names come from the register, which takes only UTF-8; still, a report must not be the place that throws.
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace zhenhui::reporting::report
