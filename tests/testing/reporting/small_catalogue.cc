#include "tests/testing/reporting/small_catalogue.h"

#include <cstdio>
#include <cstdlib>

namespace zhenhui::testing {
namespace {

using reporting::Facts;

std::string Metric(const std::string& code, const std::string& type, const std::string& rest) {
  const bool flows = type == "flow" || code == "rate";
  return "{\"code\": \"" + code +
         "\", \"version\": 1, \"tier\": \"core\", \"section\": \"A\", \"name_zh\": \"" + code +
         "\", \"name_en\": \"" + code + "\", \"unit_zh\": \"" +
         (code == "fines"  ? "元"
          : code == "rate" ? "%"
                           : "件") +
         "\", \"unit_en\": \"" +
         (code == "fines"  ? "yuan"
          : code == "rate" ? "%"
                           : "pieces") +
         "\", \"type\": \"" + type + "\", \"date_basis\": \"" + (flows ? "activity_date" : "as_of_date") +
         "\", \"definition_zh\": \"示例\", \"definition_en\": \"Sample.\", " + rest + "}";
}

std::string SmallMetricsJson() {
  return "{\"version\": 1, \"metrics\": [" +
         Metric("lectures", "flow", "\"formula\": \"lecture.occurrences\"") + "," +
         Metric("audience", "flow", "\"formula\": \"lecture.attendances\"") + "," +
         Metric("cases", "flow", "\"formula\": \"mediation.cases\"") + "," +
         Metric("success", "flow", "\"formula\": \"mediation.success\"") + "," +
         Metric("failed", "flow", "\"formula\": \"mediation.cases - mediation.success\"") + "," +
         Metric("rate", "ratio",
                "\"numerator\": \"mediation.success\", \"denominator\": \"mediation.cases\", "
                "\"ratio_scale\": 100") +
         "," + Metric("fines", "flow", "\"formula\": \"penalty.fen\", \"decimal_shift\": 2") + "," +
         Metric("counsels", "stock", "\"formula\": \"roster.legal_counsel\"") + "," +
         Metric("covered", "distinct", "\"formula\": \"villages_with(roster.legal_counsel)\"") + "," +
         Metric("density", "ratio",
                "\"numerator\": \"roster.legal_counsel\", \"denominator\": \"register.villages\", "
                "\"ratio_scale\": 1") +
         "," + Metric("villages", "stock", "\"formula\": \"register.villages\"") + "]}";
}

template <typename T>
T OrDie(absl::StatusOr<T> result) {
  if (result.ok()) return *std::move(result);
  std::fprintf(stderr, "small catalogue: %s\n", result.status().ToString().c_str());
  std::abort();
}

}  // namespace

SmallCatalogue::SmallCatalogue() {
  known.AddKind("lecture", {"occurrences", "attendances"});
  known.AddKind("mediation", {"occurrences", "cases", "success"});
  known.AddKind("penalty", {"occurrences", "fen"});
  catalogue = std::make_unique<reporting::MetricCatalogue>(
      OrDie(reporting::MetricCatalogue::Load(SmallMetricsJson(), known.Lookup())));
  plans = std::make_unique<reporting::MetricPlans>(*catalogue, vocabulary);
}

const reporting::MetricPlan* SmallCatalogue::Plan(std::string_view code) const {
  return OrDie(plans->Find(code));
}

reporting::ActivityFacts SmallCatalogue::Activity(
    std::string_view kind, Date date, std::string_view village,
    const std::vector<std::pair<std::string, int64_t>>& measures, const std::vector<std::string>& audiences) {
  reporting::ActivityFacts facts;
  facts.date = date;
  facts.village = Member(village);
  for (const std::string& audience : audiences) facts.audiences.push_back(Member(audience));
  for (const auto& [measure, amount] : measures)
    reporting::AddMeasure(vocabulary, kind, measure, amount, facts);
  reporting::CompleteMeasures(vocabulary, kind, facts);
  return facts;
}

reporting::RosterFacts SmallCatalogue::Counsel(const std::vector<std::string>& villages,
                                               reporting::Validity valid) {
  reporting::RosterFacts facts;
  facts.role = vocabulary.Series("roster.legal_counsel");
  for (const std::string& village : villages) facts.villages.push_back(Member(village));
  facts.valid = valid;
  return facts;
}

reporting::VillageFacts SmallCatalogue::Village(std::string_view code, reporting::Validity valid) {
  return {Member(code), "示例村" + std::string(code.substr(code.size() - 3)), valid};
}

reporting::TownView SmallCatalogue::Town(std::string_view code, const std::vector<Facts>& records) {
  reporting::TownBuilder builder(vocabulary);
  for (const Facts& record : records) builder.Add(record);
  for (const reporting::Feed feed : reporting::kFeeds) builder.SetApplied(feed, 1);
  return {std::string(code), builder.Build()};
}

std::vector<Facts> ConfirmedMonths(Date first, Date last) {
  std::vector<Facts> records;
  for (absl::CivilMonth month(first); month <= absl::CivilMonth(last); ++month) {
    records.emplace_back(reporting::MonthConfirmed{Date(month)});
  }
  return records;
}

}  // namespace zhenhui::testing
