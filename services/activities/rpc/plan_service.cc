#include "services/activities/rpc/plan_service.h"

#include <utility>

#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/activities/rpc/access.h"
#include "services/activities/rpc/messages.h"
#include "services/activities/wire/content.h"
#include "services/activities/wire/names.h"

namespace zhenhui::activities {

using rpc::Call;

absl::Status PlanServiceImpl::Import(const Call& call, v1::ImportTargetsRequest request,
                                     v1::ImportTargetsResponse* response) {
  TargetImport import;
  ASSIGN_OR_RETURN(import.township, ParseTownshipName("parent", request.parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, import.township));
  for (v1::Target& target : *request.mutable_targets()) import.targets.push_back(TakeTargetDraft(target));
  import.reason = request.reason();
  import.validate_only = request.validate_only();
  import.by = call.claims.subject;
  const std::string township = import.township;
  ASSIGN_OR_RETURN(PushResult result, plan_.Import(std::move(import), call.deadline));
  *response->mutable_position() = Position(township, result.head);
  ToProto(std::move(result), response->mutable_results());
  return absl::OkStatus();
}

absl::Status PlanServiceImpl::List(const Call& call, const v1::ListTargetsRequest& request,
                                   v1::ListTargetsResponse* response) const {
  ASSIGN_OR_RETURN(const std::string place, ParsePlaceName("parent", request.parent()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, place));
  RETURN_IF_ERROR(InvalidFields(CheckYear(request.year())));
  ASSIGN_OR_RETURN(const std::vector<StoredTarget> targets,
                   deps_.targets->List(place, request.year(), call.deadline));
  for (const StoredTarget& target : targets) ToProto(target, response->add_targets());
  return absl::OkStatus();
}

absl::Status PlanServiceImpl::Withdraw(const Call& call, const v1::WithdrawTargetRequest& request,
                                       v1::WithdrawTargetResponse* response) {
  ASSIGN_OR_RETURN(const ActivityName name, ParseTargetName("name", request.name()));
  RETURN_IF_ERROR(auth::RequireScope(call.claims, name.township));
  ASSIGN_OR_RETURN(const int64_t head, plan_.Withdraw(name.township, name.id, request.reason(),
                                                      call.claims.subject, call.deadline));
  *response->mutable_position() = Position(name.township, head);
  return absl::OkStatus();
}

grpc::ServerUnaryReactor* PlanServiceImpl::ImportTargets(grpc::CallbackServerContext* context,
                                                         const v1::ImportTargetsRequest* request,
                                                         v1::ImportTargetsResponse* response) {
  return rpc::Unary(context, *deps_.authenticator, ZH_PLAN_METHOD("ImportTargets"), *deps_.executor, response,
                    [this, request, response](const Call& call) { return Import(call, *request, response); });
}

grpc::ServerUnaryReactor* PlanServiceImpl::ListTargets(grpc::CallbackServerContext* context,
                                                       const v1::ListTargetsRequest* request,
                                                       v1::ListTargetsResponse* response) {
  return rpc::Unary(context, *deps_.authenticator, ZH_PLAN_METHOD("ListTargets"), *deps_.executor, response,
                    [this, request, response](const Call& call) { return List(call, *request, response); });
}

grpc::ServerUnaryReactor* PlanServiceImpl::WithdrawTarget(grpc::CallbackServerContext* context,
                                                          const v1::WithdrawTargetRequest* request,
                                                          v1::WithdrawTargetResponse* response) {
  return rpc::Unary(
      context, *deps_.authenticator, ZH_PLAN_METHOD("WithdrawTarget"), *deps_.executor, response,
      [this, request, response](const Call& call) { return Withdraw(call, *request, response); });
}

}  // namespace zhenhui::activities
