#pragma once
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/policy.h"
#include "common/status/reason.h"
#include "services/reporting/domain/comparison.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/rollup.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"

// Pure checks of requests: from messages to queries. All that is wrong with a request is reported at once;
// reasons: SCOPE_MISSING, SCOPE_BOTH, SCOPE_TOO_LARGE, TOWNSHIP_REPEATED, NAME_INVALID, METRICS_COUNT,
// DATE_MALFORMED, BUCKET_INVALID, GROUP_BY_INVALID, NORMALISATION_INVALID, FRESHNESS_INVALID,
// PAGE_SIZE_RANGE.
namespace zhenhui::reporting {

using Violations = std::vector<FieldViolation>;

// Which towns a query is about: one of the two is set.
struct TownScope {
  std::string district;                // 6 digits
  std::vector<std::string> townships;  // 9 digits each
};

TownScope ReadScope(const v1::Scope& scope, Violations& violations);
// PERMISSION_DENIED, OUT_OF_SCOPE, unless the token covers all of it.
absl::Status RequireScope(const auth::Claims& claims, const TownScope& scope);
// The towns now. NOT_FOUND: TOWNSHIP_NOT_FOUND, DISTRICT_NOT_FOUND (no feed told of a town of it).
absl::StatusOr<std::vector<TownView>> TownsOf(const Cube& cube, const TownScope& scope, const Period& period);
// The codes of the towns, for what has no period.
absl::StatusOr<std::vector<std::string>> CodesOf(const Cube& cube, const TownScope& scope);

Period ReadPeriod(const std::string& start_date, const std::string& end_date, Violations& violations);
// NOT_FOUND, METRIC_NOT_FOUND; INVALID_ARGUMENT, METRICS_COUNT unless 1 to 100 are named.
absl::StatusOr<std::vector<const MetricPlan*>> ReadMetrics(
    const MetricPlans& plans, const google::protobuf::RepeatedPtrField<std::string>& names);
absl::StatusOr<const MetricPlan*> ReadMetric(const MetricPlans& plans, std::string_view name);
// INVALID_ARGUMENT, FRESHNESS_INVALID; PERMISSION_DENIED for a town that the token does not cover.
absl::StatusOr<std::vector<Position>> ReadPositions(
    const google::protobuf::RepeatedPtrField<common::v1::FeedPosition>& positions,
    const auth::Claims& claims);

// A whole query, with its scope checked against the token.
struct RollupRequest {
  TownScope scope;
  RollupQuery query;
};
absl::StatusOr<RollupRequest> ReadRollup(const MetricPlans& plans, const v1::QueryRollupRequest& request,
                                         const auth::Claims& claims);
struct CompareRequest {
  TownScope scope;
  ComparisonQuery query;
};
absl::StatusOr<CompareRequest> ReadCompare(const MetricPlans& plans,
                                           const v1::CompareTownshipsRequest& request,
                                           const auth::Claims& claims);
struct ExplainRequest {
  std::string township;
  ExplainQuery query;
  int page_size = 100;
};
absl::StatusOr<ExplainRequest> ReadExplain(const MetricPlans& plans, const v1::ExplainFigureRequest& request,
                                           const auth::Claims& claims);

}  // namespace zhenhui::reporting
