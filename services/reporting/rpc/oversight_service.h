#pragma once
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/reporting/domain/oversight/alarm_store.h"
#include "services/reporting/rpc/oversight_requests.h"
#include "services/reporting/rpc/oversight_sources.h"
#include "services/reporting/rpc/ready.h"
#include "zhenhui/reporting/v1/oversight_service.grpc.pb.h"

namespace zhenhui::reporting {

// What the handlers work with. Everything outlives the service.
struct OversightDependencies {
  Cube* cube = nullptr;
  const MetricPlans* plans = nullptr;
  const OversightSources* sources = nullptr;
  AlarmStore* alarms = nullptr;
  const auth::Authenticator* authenticator = nullptr;
  Executor* executor = nullptr;
  const Clock* clock = nullptr;
  Ready ready;
};

#define ZH_UNARY(Name)                                                                                   \
  grpc::ServerUnaryReactor* Name(grpc::CallbackServerContext* context, const v1::Name##Request* request, \
                                 v1::Name##Response* response) override

// The gRPC face of plans, gaps and alarms. Figures come from the cube; what else is needed is asked from the
// other services or the store, so all work is done on the executor. Thread-safe.
class OversightServiceImpl final : public v1::OversightService::CallbackService {
 public:
  explicit OversightServiceImpl(OversightDependencies dependencies) : deps_(std::move(dependencies)) {}

  ZH_UNARY(GetPlanStatus);
  ZH_UNARY(ListGaps);
  ZH_UNARY(ListAlarms);
  ZH_UNARY(ExplainAlarm);

 private:
  absl::Status PlanStatus(const rpc::Call& call, const PlanRequest& request,
                          v1::GetPlanStatusResponse* response);
  absl::Status Gaps(const rpc::Call& call, const v1::ListGapsRequest& request,
                    v1::ListGapsResponse* response);
  absl::Status Alarms(const rpc::Call& call, const v1::ListAlarmsRequest& request,
                      v1::ListAlarmsResponse* response);
  absl::Status Explain(const rpc::Call& call, const v1::ExplainAlarmRequest& request, v1::Alarm* out);
  absl::StatusOr<std::vector<TownView>> Towns(const TownScope& scope, const Period& period) const;
  absl::StatusOr<std::vector<AudienceName>> Audiences(const rpc::Call& call, const GapQuery& query) const;

  const OversightDependencies deps_;
};

#undef ZH_UNARY

}  // namespace zhenhui::reporting
