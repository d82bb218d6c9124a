#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/metric_plan.h"

// Done against target: what a yearly plan promises, what it expects by a day, and where each promise stands.
namespace zhenhui::reporting {

// What a town promises for one metric and year. Numbers are in the metric's base units; of a ratio, per cent.
struct PlanTarget {
  std::string township;               // 9 digits
  std::string metric;                 // its code, which the catalogue may not have
  std::array<int64_t, 4> quarters{};  // of a flow each quarter's own, else the level at its end; 0 to 10^12
  std::string note;
  int64_t revision = 0;
};

// The numbers are those of the public PlanState.
enum class PlanState {
  kDone = 1,     // the year's target is reached
  kOnPace = 2,   // at least what is expected by the day, or a ratio with nothing in its denominator
  kBehind = 3,   // less, but what the quarters that are over promised is kept
  kOverdue = 4,  // they promised more than is done
  kUnknownMetric = 5,
};

struct PlanExpectation {
  int64_t target = 0;  // of the year: of a flow the sum of the quarters, else the last one's
  int64_t expected =
      0;  // by the day, inclusive: whole quarters in full, the running one by its days, rounded down
  int64_t due = 0;  // what the quarters that are over promised
};

// A level (of a stock, a ratio or a distinct count) rises evenly from the quarter before; before the first,
// from 0.
PlanExpectation ExpectationOf(MetricType type, const std::array<int64_t, 4>& quarters, int year, Date as_of);

struct PlanItem {
  PlanTarget target;
  std::string name_zh;               // of the town
  const MetricPlan* plan = nullptr;  // null: kUnknownMetric
  PlanExpectation expectation;
  Figure done;  // from 1 January to the day; of a stock what stands on it
  PlanState state = PlanState::kUnknownMetric;
  std::string percent;  // done of the target, "87.50"; empty when the target is 0 or there is no value
};

// One item for each target of the towns, in the targets' order; a target of another town is left out. `as_of`
// lies in `year`, or before it: then nothing is expected yet. OUT_OF_RANGE, FIGURE_TOO_LARGE.
absl::StatusOr<std::vector<PlanItem>> PlanStatusOf(const Vocabulary& vocabulary, const MetricPlans& plans,
                                                   std::span<const PlanTarget> targets,
                                                   std::span<const TownView> towns, int year, Date as_of,
                                                   Date today);

}  // namespace zhenhui::reporting
