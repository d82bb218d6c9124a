#include "services/reporting/domain/metric_catalogue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "absl/strings/str_replace.h"
#include "services/activities/catalogue/shipped_kinds.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/domain/known_series.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::StatusIs;

// The figures that every town's yearly report is made of.
constexpr const char* kCoreCodes[] = {"org_special_meetings",
                                      "study_center_group",
                                      "study_collective_sessions",
                                      "law_lectures",
                                      "study_training_sessions",
                                      "study_training_attendance",
                                      "publicity_events",
                                      "materials_distributed",
                                      "publicity_audience",
                                      "consultations_answered",
                                      "counsel_villages_covered",
                                      "counsel_persons",
                                      "counsel_visits",
                                      "law_savvy_persons",
                                      "law_savvy_per_village",
                                      "reviews_total",
                                      "reviews_major_decisions",
                                      "reviews_norm_docs",
                                      "reviews_contracts",
                                      "review_coverage_rate",
                                      "enforcement_officers",
                                      "enforcement_inspections",
                                      "penalty_cases",
                                      "penalty_amount",
                                      "mediation_committees",
                                      "mediators",
                                      "disputes_found",
                                      "mediation_cases",
                                      "mediation_success",
                                      "mediation_success_rate",
                                      "reconsideration_cases",
                                      "litigation_cases",
                                      "litigation_head_appearance_rate",
                                      "villages_total"};

KnownSeries SeriesOfShippedKinds() {
  KnownSeries known;
  const auto kinds = activities::KindCatalogue::Load(activities::ShippedKinds()).value();
  for (const activities::Kind& kind : kinds.kinds()) {
    std::vector<std::string> measures;
    for (const activities::Measure& measure : kind.measures) measures.push_back(measure.code);
    known.AddKind(kind.code, measures);
  }
  return known;
}

MetricCatalogue Shipped() {
  const KnownSeries known = SeriesOfShippedKinds();
  return MetricCatalogue::Load(ShippedMetrics(), known.Lookup()).value();
}

TEST(MetricCatalogueTest, EveryShippedFormulaResolvesAgainstTheShippedKinds) {
  const KnownSeries known = SeriesOfShippedKinds();
  EXPECT_THAT(MetricCatalogue::Load(ShippedMetrics(), known.Lookup()), IsOk());
}

TEST(MetricCatalogueTest, TheShippedFileHasExactlyThe34CoreMetrics) {
  const MetricCatalogue catalogue = Shipped();
  const std::set<std::string> expected(std::begin(kCoreCodes), std::end(kCoreCodes));
  ASSERT_EQ(expected.size(), 34u);
  std::set<std::string> core;
  for (const Metric& metric : catalogue.metrics()) {
    if (metric.core) core.insert(metric.code);
    EXPECT_EQ(catalogue.Find(metric.code), &metric);
  }
  EXPECT_EQ(core, expected);
  EXPECT_EQ(catalogue.Find("no_such_metric"), nullptr);
}

TEST(MetricCatalogueTest, EveryShippedMeasureIsReadByAMetricOrKnownToBeRecordedForItself) {
  // Measures that a town records for its own sake; a new measure that no metric reads must be put here on
  // purpose.
  const std::set<std::string> unused = {"units", "hours", "enterprises", "attendances", "occurrences"};
  std::set<std::string> used;
  const MetricCatalogue catalogue = Shipped();
  for (const Metric& metric : catalogue.metrics()) {
    for (const FormulaTerm& term : metric.formula.terms()) used.insert(term.series);
    if (!metric.denominator) continue;
    for (const FormulaTerm& term : metric.denominator->terms()) used.insert(term.series);
  }
  for (const std::string& series : SeriesOfShippedKinds().All()) {
    const std::string measure = series.substr(series.find('.') + 1);
    EXPECT_TRUE(used.contains(series) || unused.contains(measure) || series == "register.residents")
        << series;
  }
}

TEST(MetricCatalogueTest, TheTrapsOfTheDefinitionsAreKept) {
  const MetricCatalogue catalogue = Shipped();
  EXPECT_THAT(catalogue.Find("reviews_total")->parts,
              ElementsAre("reviews_major_decisions", "reviews_norm_docs", "reviews_contracts"));
  EXPECT_EQ(catalogue.Find("counsel_villages_covered")->type, MetricType::kDistinct);
  EXPECT_EQ(catalogue.Find("counsel_persons")->formula.text(), "roster.legal_counsel");
  EXPECT_EQ(catalogue.Find("law_savvy_per_village")->denominator->text(), "register.villages");
  EXPECT_EQ(catalogue.Find("law_savvy_per_village")->ratio_scale, 1);
  EXPECT_EQ(catalogue.Find("mediation_success_rate")->ratio_scale, 100);
  EXPECT_EQ(catalogue.Find("mediation_success_rate")->denominator->text(), "mediation.cases");
  EXPECT_EQ(catalogue.Find("penalty_amount")->decimal_shift, 2);
  EXPECT_EQ(catalogue.Find("penalty_amount")->unit.zh, "元");
  EXPECT_THAT(catalogue.Find("mediation_success")->at_most, ElementsAre("mediation_cases"));
  EXPECT_THAT(catalogue.Find("publicity_school_events")->at_most, ElementsAre("publicity_events"));
}

// A small catalogue that is right; the test below spoils one place each.
constexpr char kSmall[] = R"json({"version": 2, "metrics": [
  {"code": "cases", "version": 1, "tier": "core", "section": "G", "name_zh": "案件", "name_en": "Cases", "unit_zh": "件",
   "unit_en": "cases", "type": "flow", "date_basis": "acceptance_date", "formula": "mediation.cases + penalty.cases",
   "parts": ["mediations", "penalties"], "definition_zh": "口径", "definition_en": "Definition"},
  {"code": "mediations", "version": 2, "tier": "ext", "section": "G", "name_zh": "调解", "name_en": "Mediations",
   "unit_zh": "件", "unit_en": "cases", "type": "flow", "date_basis": "acceptance_date", "formula": "mediation.cases",
   "bounds": {"at_most": ["cases"]}, "definition_zh": "口径", "definition_en": "Definition"},
  {"code": "penalties", "version": 1, "tier": "ext", "section": "F", "name_zh": "处罚", "name_en": "Penalties",
   "unit_zh": "件", "unit_en": "cases", "type": "flow", "date_basis": "decision_date", "formula": "penalty.cases",
   "decimal_shift": 2, "definition_zh": "口径", "definition_en": "Definition"},
  {"code": "rate", "version": 1, "tier": "ext", "section": "G", "name_zh": "率", "name_en": "Rate", "unit_zh": "%",
   "unit_en": "%", "type": "ratio", "date_basis": "activity_date", "numerator": "mediation.success",
   "denominator": "roster.mediator", "ratio_scale": 100, "higher_is_better": true, "definition_zh": "口径",
   "definition_en": "Definition"},
  {"code": "covered", "version": 1, "tier": "ext", "section": "D", "name_zh": "覆盖", "name_en": "Covered",
   "unit_zh": "个", "unit_en": "villages", "type": "distinct", "date_basis": "as_of_date",
   "formula": "villages_with(roster.mediator)", "definition_zh": "口径", "definition_en": "Definition"}
]})json";

absl::StatusOr<MetricCatalogue> LoadSmall(std::string_view json) {
  KnownSeries known;
  known.AddKind("mediation", {"cases", "success"});
  known.AddKind("penalty", {"cases"});
  return MetricCatalogue::Load(json, known.Lookup());
}

TEST(MetricCatalogueTest, FieldsAreRead) {
  const auto catalogue = LoadSmall(kSmall);
  ASSERT_THAT(catalogue, IsOk());
  EXPECT_EQ(catalogue->version(), 2);
  const Metric* mediations = catalogue->Find("mediations");
  EXPECT_EQ(mediations->version, 2);
  EXPECT_FALSE(mediations->core);
  EXPECT_EQ(mediations->section, "G");
  EXPECT_EQ(mediations->name, (Bilingual{"调解", "Mediations"}));
  EXPECT_EQ(mediations->date_basis, "acceptance_date");
  EXPECT_EQ(mediations->higher_is_better, std::nullopt);
  const Metric* rate = catalogue->Find("rate");
  EXPECT_EQ(rate->formula.text(), "mediation.success");
  EXPECT_EQ(rate->denominator->kind(), TermKind::kStock);
  EXPECT_EQ(rate->higher_is_better, true);
}

TEST(MetricCatalogueTest, ABadFileIsRefusedAndTheMetricAndFieldAreNamed) {
  struct Case {
    const char* from;
    const char* to;
    const char* error;
  };
  const Case cases[] = {
      {R"({"version": 2, )", R"({"version": 2, "x": 1, )", "metrics.json.x: is not a known field"},
      {R"({"version": 2, )", R"({"version": 2 )", "is no JSON"},
      {R"("code": "covered")", R"("code": "rate")", "metrics[rate].code: stands twice"},
      {R"("code": "covered", )", "", "metrics[4].code: is missing"},
      {R"("code": "covered", "version": 1)", R"("code": "covered", "version": 0)",
       "metrics[covered].version: must be"},
      {R"("code": "covered", "version": 1)", R"("code": "covered", "version": 5000000000)",
       "metrics[covered].version"},
      {R"("tier": "core")", R"("tier": "main")", "metrics[cases].tier: 'main' is none of core ext"},
      {R"("section": "F")", R"("section": "Z")", "metrics[penalties].section: 'Z' is none of A B"},
      {R"("name_zh": "覆盖", )", "", "metrics[covered].name_zh: is missing"},
      {R"("name_en": "Covered")", R"("name_en": "")", "metrics[covered].name_en: must be a text"},
      {R"("unit_en": "villages", )", "", "metrics[covered].unit_en: is missing"},
      {R"("type": "distinct")", R"("type": "count")", "metrics[covered].type: 'count' is none of flow stock"},
      {R"("type": "distinct")", R"("type": "stock")",
       "metrics[covered].formula: 'villages_with(roster.mediator)' does not"},
      {"villages_with(roster.mediator)", "roster.mediator",
       "metrics[covered].formula: 'roster.mediator' does not make a distinct"},
      {R"("type": "distinct")", R"("type": "ratio")", "metrics[covered].numerator: is missing"},
      {R"("date_basis": "as_of_date")", R"("date_basis": "activity_date")",
       "metrics[covered].date_basis: is as_of_date"},
      {R"("date_basis": "decision_date")", R"("date_basis": "as_of_date")",
       "metrics[penalties].date_basis: is as_of_date"},
      {R"("formula": "penalty.cases")", R"("formula": "penalty.fen")",
       "metrics[penalties].formula: at position 1: kind 'penalty' has no measure 'fen'"},
      {R"("formula": "penalty.cases")", R"("formula": "penalty.cases + roster.mediator")",
       "metrics[penalties].formula: at position 17: a formula does not mix flows and stocks"},
      {R"("formula": "penalty.cases")", R"("numerator": "penalty.cases")",
       "metrics[penalties].formula: is missing"},
      {R"("formula": "penalty.cases")", R"("formula": "penalty.cases", "denominator": "penalty.cases")",
       "metrics[penalties].denominator: is not a known field"},
      {R"("decimal_shift": 2)", R"("decimal_shift": 7)",
       "metrics[penalties].decimal_shift: must be at most 6"},
      {R"("denominator": "roster.mediator")", R"("denominator": "roster.lawyer")",
       "metrics[rate].denominator: at position 1"},
      {R"("ratio_scale": 100, )", "", "metrics[rate].ratio_scale: is missing"},
      {R"("ratio_scale": 100)", R"("ratio_scale": 10)", "metrics[rate].ratio_scale: must be 1 or 100"},
      {R"("higher_is_better": true)", R"("higher_is_better": 1)",
       "metrics[rate].higher_is_better: must be true or false"},
      {R"(["mediations", "penalties"])", R"(["mediations"])", "metrics[cases].parts: do not add up to"},
      {R"(["mediations", "penalties"])", R"(["mediations", "fines"])",
       "metrics[cases].parts: there is no metric 'fines'"},
      {R"(["mediations", "penalties"])", R"(["mediations", "rate"])",
       "metrics[cases].parts: ratios are not compared"},
      {R"({"at_most": ["cases"]})", R"({"at_most": ["mediations"]})",
       "metrics[mediations].bounds.at_most: names the metric itself"},
      {R"({"at_most": ["cases"]})", R"({"at_most": ["covered"]})", "'covered' is a distinct, not a flow"},
      {R"({"at_most": ["cases"]})", R"({"atmost": ["cases"]})",
       "metrics[mediations].bounds.atmost: is not a known field"},
  };
  for (const Case& c : cases) {
    std::string json(kSmall);
    ASSERT_THAT(json, HasSubstr(c.from));
    absl::StrReplaceAll({{c.from, c.to}}, &json);
    const auto catalogue = LoadSmall(json);
    EXPECT_THAT(catalogue, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(c.error))) << c.to;
    EXPECT_THAT(catalogue, HasReason("DATA_FILE_INVALID")) << c.to;
  }
}

TEST(MetricCatalogueTest, AnErrorOfTheKindsCatalogueNamesTheMissingKind) {
  const KnownSeries nothing;
  EXPECT_THAT(
      MetricCatalogue::Load(ShippedMetrics(), nothing.Lookup()),
      StatusIs(
          absl::StatusCode::kInvalidArgument,
          HasSubstr("metrics[org_special_meetings].formula: at position 1: unknown kind 'special_meeting'")));
}

}  // namespace
}  // namespace zhenhui::reporting
