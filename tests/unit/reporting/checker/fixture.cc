#include "tests/unit/reporting/checker/fixture.h"

#include <set>

#include "services/activities/catalogue/shipped_kinds.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/catalogue/shipped_phrases.h"
#include "services/reporting/checker/period.h"
#include "services/reporting/domain/known_series.h"

namespace zhenhui::reporting::checker::testing {
namespace {

std::string KeyOf(const Period& period) { return FormatDate(period.begin) + ".." + FormatDate(period.end); }

MetricCatalogue LoadCatalogue() {
  KnownSeries known;
  const auto kinds = activities::KindCatalogue::Load(activities::ShippedKinds()).value();
  for (const activities::Kind& kind : kinds.kinds()) {
    std::vector<std::string> measures;
    for (const activities::Measure& measure : kind.measures) measures.push_back(measure.code);
    known.AddKind(kind.code, measures);
  }
  return MetricCatalogue::Load(ShippedMetrics(), known.Lookup()).value();
}

Recorded Value(Int128 value, Int128 denominator) {
  return {.state = FigureState::kValue, .value = Rational(value, denominator), .reference = ""};
}

}  // namespace

const MetricCatalogue& ShippedCatalogue() {
  static const MetricCatalogue* const catalogue = new MetricCatalogue(LoadCatalogue());
  return *catalogue;
}

const Lexicon& ShippedLexicon() {
  static const Lexicon* const lexicon =
      new Lexicon(Lexicon::Load(ShippedPhrases(), ShippedCatalogue()).value());
  return *lexicon;
}

FakeFigures& FakeFigures::Set(std::string metric, Int128 value, Int128 denominator) {
  cells_[{std::move(metric), KeyOf(WholeYear(year_))}] = Value(value, denominator);
  return *this;
}

FakeFigures& FakeFigures::SetLastYear(std::string metric, Int128 value, Int128 denominator) {
  cells_[{std::move(metric), KeyOf(WholeYear(year_ - 1))}] = Value(value, denominator);
  return *this;
}

FakeFigures& FakeFigures::SetFor(std::string metric, const Period& period, Int128 value) {
  cells_[{std::move(metric), KeyOf(period)}] = Value(value, 1);
  return *this;
}

FakeFigures& FakeFigures::SetState(std::string metric, FigureState state) {
  cells_[{std::move(metric), KeyOf(WholeYear(year_))}] = {.state = state, .value = {}, .reference = ""};
  return *this;
}

Recorded FakeFigures::Lookup(std::string_view metric, const Period& period) const {
  const auto found = cells_.find({std::string(metric), KeyOf(period)});
  Recorded recorded = found == cells_.end() ? Recorded{} : found->second;
  recorded.reference = std::string(metric) + "@" + FormatDate(period.begin);
  return recorded;
}

std::vector<Finding> Check(std::string_view text, const FigureSource& source) {
  return CheckReport(ShippedLexicon(), DocumentFromText(text), source, {.year = 2024});
}

std::vector<Finding> Check(std::string_view text) { return Check(text, FakeFigures()); }

std::vector<std::string> Links(const std::vector<Finding>& findings) {
  std::vector<std::string> links;
  for (const Finding& finding : findings) {
    if (finding.verdict == Verdict::kInconsistent) continue;
    std::set<std::string> codes;
    if (!finding.metric.empty()) codes.insert(finding.metric);
    for (const Candidate& candidate : finding.candidates) codes.insert(candidate.metric);
    std::string metric;
    for (const std::string& code : codes) metric += (metric.empty() ? "" : "|") + code;
    links.push_back(finding.quote + "=" + (metric.empty() ? "-" : metric));
  }
  return links;
}

}  // namespace zhenhui::reporting::checker::testing
