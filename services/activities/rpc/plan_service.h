#pragma once
#include "common/rpc/call.h"
#include "services/activities/domain/plan.h"
#include "services/activities/rpc/activity_service.h"
#include "zhenhui/activities/v1/plan_service.grpc.pb.h"

namespace zhenhui::activities {

// The gRPC face of targets. Thread-safe.
class PlanServiceImpl final : public v1::PlanService::CallbackService {
 public:
  explicit PlanServiceImpl(const RpcDependencies& dependencies)
      : deps_(dependencies), plan_(*deps_.targets, *deps_.places, *deps_.clock) {}

  grpc::ServerUnaryReactor* ImportTargets(grpc::CallbackServerContext* context,
                                          const v1::ImportTargetsRequest* request,
                                          v1::ImportTargetsResponse* response) override;
  grpc::ServerUnaryReactor* ListTargets(grpc::CallbackServerContext* context,
                                        const v1::ListTargetsRequest* request,
                                        v1::ListTargetsResponse* response) override;
  grpc::ServerUnaryReactor* WithdrawTarget(grpc::CallbackServerContext* context,
                                           const v1::WithdrawTargetRequest* request,
                                           v1::WithdrawTargetResponse* response) override;

 private:
  absl::Status Import(const rpc::Call& call, v1::ImportTargetsRequest request,
                      v1::ImportTargetsResponse* response);
  absl::Status List(const rpc::Call& call, const v1::ListTargetsRequest& request,
                    v1::ListTargetsResponse* response) const;
  absl::Status Withdraw(const rpc::Call& call, const v1::WithdrawTargetRequest& request,
                        v1::WithdrawTargetResponse* response);

  const RpcDependencies deps_;
  PlanUseCase plan_;
};

}  // namespace zhenhui::activities
