#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/metric_catalogue.h"
#include "services/reporting/domain/series.h"

namespace zhenhui::reporting {

// A term of a formula, ready to be read from cells.
struct PlanTerm {
  int64_t coefficient = 1;
  SeriesId series = 0;
  TermKind kind = TermKind::kFlow;
  bool yearly = false;  // register.residents: the cell of the last day's year
};

// A metric whose series are resolved once, so that a query looks nothing up. Immutable.
struct MetricPlan {
  const Metric* metric = nullptr;  // lives as long as the catalogue
  std::string name;                // "metrics/law_lectures"
  std::vector<PlanTerm> value;     // of a ratio: the numerator
  std::vector<PlanTerm> denominator;
  int64_t printed_scale =
      1;  // a figure is printed as value * printed_scale / printed_divisor [/ denominator]
  int64_t printed_divisor = 1;  // 10^decimal_shift

  bool is_ratio() const { return metric->type == MetricType::kRatio; }
  // True if one of its series is a flow: such a metric by village needs whole months.
  bool has_flow() const;
};

// The plans of a whole catalogue. Immutable, thread-safe.
class MetricPlans {
 public:
  // `catalogue` must outlive the plans.
  MetricPlans(const MetricCatalogue& catalogue, Vocabulary& vocabulary);

  const std::vector<MetricPlan>& all() const { return plans_; }  // in the catalogue's order
  // By code ("law_lectures"). NOT_FOUND, METRIC_NOT_FOUND.
  absl::StatusOr<const MetricPlan*> Find(std::string_view code) const;
  const MetricCatalogue& catalogue() const { return catalogue_; }

 private:
  const MetricCatalogue& catalogue_;
  std::vector<MetricPlan> plans_;
  std::map<std::string_view, const MetricPlan*> by_code_;
};

}  // namespace zhenhui::reporting
