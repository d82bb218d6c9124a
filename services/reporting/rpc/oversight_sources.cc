#include "services/reporting/rpc/oversight_sources.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

void Prepare(grpc::ClientContext* context, const rpc::Call& call) {
  rpc::PrepareContext(context, call.deadline - absl::Now(), call.request_id);
}

PlanTarget TargetOf(const activities::v1::Target& message) {
  PlanTarget target;
  // "townships/630106101/targets/2024.law_lectures"
  constexpr size_t kCodeAt = sizeof("townships/") - 1;
  if (message.name().size() > kCodeAt) target.township = message.name().substr(kCodeAt, 9);
  target.metric = message.metric();
  const auto count = std::min<size_t>(target.quarters.size(), static_cast<size_t>(message.quarters_size()));
  std::copy_n(message.quarters().begin(), count, target.quarters.begin());
  target.note = message.note();
  target.revision = message.revision();
  return target;
}

absl::StatusOr<std::optional<Date>> DayOf(const std::string& text) {
  if (text.empty()) return std::nullopt;
  ASSIGN_OR_RETURN(const Date day, ParseDate(text));
  return day;
}

}  // namespace

OversightSources::OversightSources(const std::shared_ptr<grpc::Channel>& activities,
                                   const std::shared_ptr<grpc::Channel>& townships)
    : activities_(activities::v1::ActivityService::NewStub(activities)),
      plans_(activities::v1::PlanService::NewStub(activities)),
      townships_(townships::v1::TownshipService::NewStub(townships)) {}

absl::StatusOr<std::vector<PlanTarget>> OversightSources::Targets(const rpc::Call& call,
                                                                  const TownScope& scope, int year) const {
  std::vector<std::string> parents;
  if (!scope.district.empty()) parents.push_back("districts/" + scope.district);
  for (const std::string& town : scope.townships) parents.push_back(TownshipName(town));
  std::vector<PlanTarget> targets;
  for (const std::string& parent : parents) {
    activities::v1::ListTargetsRequest request;
    request.set_parent(parent);
    request.set_year(year);
    activities::v1::ListTargetsResponse response;
    grpc::ClientContext context;
    Prepare(&context, call);
    RETURN_IF_ERROR(rpc::FromGrpc(plans_->ListTargets(&context, request, &response)));
    for (const activities::v1::Target& target : response.targets()) targets.push_back(TargetOf(target));
  }
  std::sort(targets.begin(), targets.end(), [](const PlanTarget& a, const PlanTarget& b) {
    return std::tie(a.township, a.metric) < std::tie(b.township, b.metric);
  });
  return targets;
}

absl::StatusOr<activities::v1::ListKindsResponse> OversightSources::Kinds(const rpc::Call& call) const {
  activities::v1::ListKindsResponse response;
  grpc::ClientContext context;
  Prepare(&context, call);
  RETURN_IF_ERROR(
      rpc::FromGrpc(activities_->ListKinds(&context, activities::v1::ListKindsRequest(), &response)));
  return response;
}

absl::StatusOr<std::vector<RosterEntryName>> OversightSources::Roster(const rpc::Call& call,
                                                                      const std::string& township,
                                                                      int64_t revision) const {
  std::vector<RosterEntryName> roster;
  // Revision 0 is the empty town; the service would take it for the newest.
  if (revision == 0) return roster;
  townships::v1::StreamSnapshotRequest request;
  request.set_township(TownshipName(township));
  request.set_read_revision(revision);
  grpc::ClientContext context;
  Prepare(&context, call);
  const auto stream = townships_->StreamSnapshot(&context, request);
  std::vector<townships::v1::RosterEntry> entries;
  for (townships::v1::StreamSnapshotResponse part; stream->Read(&part);) {
    for (townships::v1::TownshipRecord& record : *part.mutable_records()) {
      if (record.has_roster_entry()) entries.push_back(std::move(*record.mutable_roster_entry()));
    }
  }
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  for (const townships::v1::RosterEntry& entry : entries) {
    RosterEntryName& name = roster.emplace_back();
    name.id = std::string(LastPart(entry.name()));
    name.name = entry.display_name();
    ASSIGN_OR_RETURN(name.valid.from, DayOf(entry.valid_from()));
    ASSIGN_OR_RETURN(name.valid.to, DayOf(entry.valid_to()));
  }
  return roster;
}

}  // namespace zhenhui::reporting
