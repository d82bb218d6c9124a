#pragma once
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/arena_allocator.h"
#include "services/reporting/rpc/explainer.h"
#include "services/reporting/rpc/fresh_unary.h"
#include "services/reporting/rpc/oversight_sources.h"
#include "services/reporting/rpc/requests.h"
#include "services/reporting/rpc/watch_board.h"
#include "services/reporting/upkeep/catalogue.h"
#include "services/reporting/upkeep/upkeep.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::reporting {

// What the handlers work with. Everything outlives the service.
struct RpcDependencies {
  Cube* cube;
  const Catalogue* catalogue;
  Upkeep* upkeep;
  Explainer* explainer;
  const OversightSources* sources;
  WatchBoard* board;
  const auth::Authenticator* authenticator;
  Executor* executor;        // for what asks other services
  Executor* watch_executor;  // for dashboards' streams
  const Clock* clock;
};

#define ZH_UNARY(Name)                                                                                   \
  grpc::ServerUnaryReactor* Name(grpc::CallbackServerContext* context, const v1::Name##Request* request, \
                                 v1::Name##Response* response) override

// CompareTownships is registered raw: it writes its answer's bytes itself (wire/comparison_writer.h).
using RollupServiceBase =
    v1::RollupService::WithRawCallbackMethod_CompareTownships<v1::RollupService::CallbackService>;

// The gRPC face of the rollups. What reads memory alone answers on gRPC's own thread. Thread-safe.
class RollupServiceImpl final : public RollupServiceBase {
 public:
  explicit RollupServiceImpl(const RpcDependencies& dependencies);

  // UNAVAILABLE, NOT_LOADED; FAILED_PRECONDITION, CATALOGUE_MISMATCH.
  absl::Status Ready() const;
  // For the server.
  rpc::OwnRecords* own_records() { return &own_records_; }

  ZH_UNARY(ListMetrics);
  ZH_UNARY(GetMetric);
  ZH_UNARY(QueryRollup);
  ZH_UNARY(ExplainFigure);
  ZH_UNARY(GetFreshness);
  ZH_UNARY(VerifyTotals);
  grpc::ServerUnaryReactor* CompareTownships(grpc::CallbackServerContext* context, const grpc::ByteBuffer* in,
                                             grpc::ByteBuffer* out) override;
  grpc::ServerWriteReactor<v1::WatchRollupsResponse>* WatchRollups(
      grpc::CallbackServerContext* context, const v1::WatchRollupsRequest* request) override;

 private:
  absl::StatusOr<Fresh<CompareRequest>> CheckCompare(const rpc::Call& call, const grpc::ByteBuffer& in) const;
  absl::Status Verify(const rpc::Call& call, const v1::VerifyTotalsRequest& request,
                      v1::VerifyTotalsResponse* response);
  absl::Status Freshness(const rpc::Call& call, const v1::GetFreshnessRequest& request,
                         v1::GetFreshnessResponse* response) const;

  const RpcDependencies deps_;
  rpc::OwnRecords own_records_{{ZH_REPORTING_METHOD("CompareTownships")}};
  ArenaAllocator<v1::QueryRollupRequest, v1::QueryRollupResponse> rollup_messages_;
};

#undef ZH_UNARY

}  // namespace zhenhui::reporting
