#include "services/reporting/domain/metric_plan.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::reporting {
namespace {

std::vector<PlanTerm> PlanOf(const Formula& formula, Vocabulary& vocabulary) {
  std::vector<PlanTerm> terms;
  for (const FormulaTerm& term : formula.terms()) {
    const SeriesId series = vocabulary.Series(term.series);
    terms.push_back({term.coefficient, series, term.kind, series == vocabulary.residents()});
  }
  return terms;
}

bool HasFlow(const std::vector<PlanTerm>& terms) {
  return std::any_of(terms.begin(), terms.end(),
                     [](const PlanTerm& term) { return term.kind == TermKind::kFlow; });
}

}  // namespace

bool MetricPlan::has_flow() const { return HasFlow(value) || HasFlow(denominator); }

MetricPlans::MetricPlans(const MetricCatalogue& catalogue, Vocabulary& vocabulary) : catalogue_(catalogue) {
  plans_.reserve(catalogue.metrics().size());
  for (const Metric& metric : catalogue.metrics()) {
    MetricPlan plan;
    plan.metric = &metric;
    plan.name = absl::StrCat("metrics/", metric.code);
    plan.value = PlanOf(metric.formula, vocabulary);
    if (metric.denominator) plan.denominator = PlanOf(*metric.denominator, vocabulary);
    plan.printed_scale = plan.is_ratio() ? metric.ratio_scale : 1;
    for (int i = 0; i < metric.decimal_shift; ++i) plan.printed_divisor *= 10;
    plans_.push_back(std::move(plan));
  }
  for (const MetricPlan& plan : plans_) by_code_.emplace(plan.metric->code, &plan);
}

absl::StatusOr<const MetricPlan*> MetricPlans::Find(std::string_view code) const {
  const auto found = by_code_.find(code);
  if (found != by_code_.end()) return found->second;
  return Error(absl::StatusCode::kNotFound, "METRIC_NOT_FOUND",
               absl::StrCat("no metric ", std::string(code), "; ListMetrics has them all"));
}

}  // namespace zhenhui::reporting
