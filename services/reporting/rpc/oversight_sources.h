#pragma once
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "services/reporting/domain/oversight/gaps.h"
#include "services/reporting/domain/oversight/plan_status.h"
#include "services/reporting/rpc/requests.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/activities/v1/plan_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::reporting {

// What the other services know and the cube does not: targets, the words of the catalogue, the roster's
// names. Asks anew each time, and blocks: run it on an executor. Errors are those of the services.
// Thread-safe.
class OversightSources {
 public:
  // The channels send a token of the role job; callers' scopes are checked before.
  OversightSources(const std::shared_ptr<grpc::Channel>& activities,
                   const std::shared_ptr<grpc::Channel>& townships);

  // By township, then metric.
  absl::StatusOr<std::vector<PlanTarget>> Targets(const rpc::Call& call, const TownScope& scope,
                                                  int year) const;

  absl::StatusOr<activities::v1::ListKindsResponse> Kinds(const rpc::Call& call) const;

  // All entries of a town's roster, as they stood at a revision of its register.
  absl::StatusOr<std::vector<RosterEntryName>> Roster(const rpc::Call& call, const std::string& township,
                                                      int64_t revision) const;

 private:
  const std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
  const std::unique_ptr<activities::v1::PlanService::Stub> plans_;
  const std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
};

}  // namespace zhenhui::reporting
