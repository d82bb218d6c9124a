#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/figure.h"

// Metrics over time and place.
namespace zhenhui::reporting {

enum class GroupBy { kScope, kTownship, kVillage, kAudience };

inline constexpr size_t kMaxRollupRows = 50'000;
inline constexpr int kMaxPeriodYears = 10;

struct RollupQuery {
  std::vector<const MetricPlan*> metrics;
  Period period;
  std::optional<Bucket> bucket;  // nothing: the whole period is one bucket
  GroupBy group_by = GroupBy::kScope;
};

struct RollupRow {
  std::string township;         // code; empty when the row stands for the whole scope
  std::string member;           // village or audience code
  std::string display_name_zh;  // of the township or the village; of an audience its code
  const MetricPlan* metric = nullptr;
  Period period;  // the bucket, cut to the query's period
  Figure figure;
};

// INVALID_ARGUMENT: PERIOD_EMPTY (the end before the beginning), PERIOD_TOO_LONG (over 10 years).
absl::Status CheckPeriod(const Period& period);
// INVALID_ARGUMENT, PERIOD_NOT_WHOLE_MONTHS, unless it begins on a first and ends on a last day of a month.
absl::Status CheckWholeMonths(const Period& period);

// Rows by township (in the order given), member (by code, "" first), metric, bucket.
// INVALID_ARGUMENT: as CheckPeriod; PERIOD_NOT_WHOLE_MONTHS (by village or audience: the period, or a bucket
// of days or weeks); AUDIENCE_NEEDS_FLOW (a metric that is no flow, by audience); RESULT_TOO_LARGE (over
// 50,000 rows). OUT_OF_RANGE: FIGURE_TOO_LARGE.
absl::StatusOr<std::vector<RollupRow>> Rollup(const Vocabulary& vocabulary, const RollupQuery& query,
                                              std::span<const TownView> towns, Date today);

}  // namespace zhenhui::reporting
