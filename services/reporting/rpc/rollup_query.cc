#include "services/reporting/rpc/rollup_query.h"

#include <utility>

#include "common/status/status_macros.h"
#include "common/time/year_before.h"
#include "services/reporting/wire/figures.h"

namespace zhenhui::reporting {
namespace {

// In which towns must exist to be read. A town that was merged away since last year is part of the whole
// scope's figure of last year.
Period PeriodOfTowns(const RollupQuery& query) {
  const bool last_year = query.with_last_year && query.group_by == GroupBy::kScope;
  return {last_year ? YearBefore(query.period).begin : query.period.begin, query.period.end};
}

// As they stood at the revisions of the figures.
absl::StatusOr<std::vector<TownRoster>> RostersOf(const OversightSources& sources, const rpc::Call& call,
                                                  const RollupQuery& query, std::span<const TownView> towns) {
  std::vector<TownRoster> rosters;
  if (query.group_by != GroupBy::kRosterEntry) return rosters;
  for (const TownView& town : towns) {
    ASSIGN_OR_RETURN(rosters.emplace_back(),
                     sources.Roster(call, town.code, town.state->applied()[Feed::kTownships]));
  }
  return rosters;
}

}  // namespace

absl::Status AnswerRollup(const Cube& cube, const OversightSources& sources, const Clock& clock,
                          const rpc::Call& call, const RollupRequest& request,
                          v1::QueryRollupResponse* response) {
  const RollupQuery& query = request.query;
  RETURN_IF_ERROR(CheckRollup(cube.vocabulary(), query));
  ASSIGN_OR_RETURN(const auto towns, TownsOf(cube, request.scope, PeriodOfTowns(query)));
  ASSIGN_OR_RETURN(const auto rosters, RostersOf(sources, call, query, towns));
  ASSIGN_OR_RETURN(auto rows, Rollup(cube.vocabulary(), query, towns, clock.Today(), rosters));
  response->mutable_rows()->Reserve(static_cast<int>(rows.size()));
  for (RollupRow& row : rows) ToProto(std::move(row), response->add_rows());
  for (const TownView& town : towns)
    AddRevisions(town.code, town.state->applied(), response->mutable_revisions());
  for (const MetricPlan* plan : query.metrics) response->add_metric_versions(plan->metric->version);
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting
