#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/decimal.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/roster_entry_name.h"

// Metrics over time and place.
namespace zhenhui::reporting {

enum class GroupBy { kScope, kTownship, kVillage, kAudience, kRosterEntry };

inline constexpr size_t kMaxRollupRows = 50'000;
inline constexpr int kMaxPeriodYears = 10;

struct RollupQuery {
  std::vector<const MetricPlan*> metrics;
  Period period;
  std::optional<Bucket> bucket;  // nothing: the whole period is one bucket
  GroupBy group_by = GroupBy::kScope;
  bool with_last_year = false;
};

struct RollupRow {
  std::string township;         // code; empty when the row stands for the whole scope
  std::string member;           // village or audience code, roster entry id
  std::string display_name_zh;  // of the township, the village or the entry; of an audience its code
  const MetricPlan* metric = nullptr;
  Period period;  // the bucket, cut to the query's period
  Figure figure;
  // With the query's with_last_year: the same bucket a year earlier (YearBefore), and ChangePercent against
  // it.
  std::optional<Figure> last_year = {};
  Decimal change_percent = {};
};

// INVALID_ARGUMENT: PERIOD_EMPTY (the end before the beginning), PERIOD_TOO_LONG (over 10 years).
absl::Status CheckPeriod(const Period& period);
// INVALID_ARGUMENT, PERIOD_NOT_WHOLE_MONTHS, unless it begins on a first and ends on a last day of a month.
absl::Status CheckWholeMonths(const Period& period);

// All roster entries of a town, ended ones too.
using TownRoster = std::vector<RosterEntryName>;

// What Rollup refuses whatever the towns are.
// INVALID_ARGUMENT: as CheckPeriod; PERIOD_NOT_WHOLE_MONTHS (by village, audience or roster entry: the
// period, or a bucket of days or weeks); AUDIENCE_NEEDS_FLOW (a metric that is no flow, by audience);
// ROSTER_NEEDS_OCCURRENCES (a metric that does not count activities, by roster entry).
absl::Status CheckRollup(const Vocabulary& vocabulary, const RollupQuery& query);

// Rows by township (in the order given), member (by code, "" first), metric, bucket. `rosters`: of each town,
// in the order of `towns`; needed by roster entry alone. INVALID_ARGUMENT: as CheckRollup; RESULT_TOO_LARGE
// (over 50,000 rows). OUT_OF_RANGE: FIGURE_TOO_LARGE.
absl::StatusOr<std::vector<RollupRow>> Rollup(const Vocabulary& vocabulary, const RollupQuery& query,
                                              std::span<const TownView> towns, Date today,
                                              std::span<const TownRoster> rosters = {});

}  // namespace zhenhui::reporting
