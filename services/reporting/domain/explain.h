#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/figure.h"

// Which records stand behind a figure, and what each adds to it.
namespace zhenhui::reporting {

struct ExplainQuery {
  const MetricPlan* metric = nullptr;
  Period period;
  std::string village;   // "" is no filter
  std::string audience;  // "" is no filter
};

// Where to look for the records. Empty lists: there are none of that sort.
struct ExplainSources {
  std::vector<std::string> activity_kinds;  // those dated inside the period
  std::vector<std::string> roster_roles;    // entries that stand on the period's last day
  bool villages = false;                    // villages of the register on the period's last day
  bool residents = false;                   // the population of the last day's year
  bool distinct =
      false;  // the records are villages, DistinctVillages(), instead of the entries that cover them
};

struct ContributionAmounts {
  int64_t value = 0;
  int64_t denominator = 0;
  bool is_zero() const { return value == 0 && denominator == 0; }
};

// INVALID_ARGUMENT: as CheckPeriod; PERIOD_NOT_WHOLE_MONTHS (a flow by village or audience);
// VILLAGE_AND_AUDIENCE (both filters); AUDIENCE_NEEDS_FLOW.
absl::Status CheckExplain(const ExplainQuery& query);

ExplainSources SourcesOf(const Vocabulary& vocabulary, const MetricPlan& plan);

// The figure that is explained.
absl::StatusOr<Figure> ExplainedFigure(const Vocabulary& vocabulary, const ExplainQuery& query,
                                       const TownState& state, Date today);

// What one record adds; over all current records these sum to the figure's value and denominator. For a
// distinct metric use DistinctVillages: each village of it adds 1.
ContributionAmounts ContributionOf(const Vocabulary& vocabulary, const ExplainQuery& query,
                                   const Facts& record);

// Codes of the villages that a distinct metric counts, by code.
std::vector<std::string> DistinctVillages(const Vocabulary& vocabulary, const ExplainQuery& query,
                                          const TownState& state);

}  // namespace zhenhui::reporting
