#pragma once
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/rpc/history.h"
#include "services/reporting/rpc/ready.h"
#include "zhenhui/reporting/v1/history_service.grpc.pb.h"

namespace zhenhui::reporting {

// What the handlers work with. Everything outlives the service.
struct HistoryDependencies {
  History* history = nullptr;
  const MetricPlans* plans = nullptr;
  const auth::Authenticator* authenticator = nullptr;
  Executor* executor = nullptr;
  Ready ready;
};

// The gRPC face of History. Thread-safe.
class HistoryServiceImpl final : public v1::HistoryService::CallbackService {
 public:
  explicit HistoryServiceImpl(HistoryDependencies dependencies) : deps_(std::move(dependencies)) {}

  grpc::ServerUnaryReactor* GetFiguresAsOf(grpc::CallbackServerContext* context,
                                           const v1::GetFiguresAsOfRequest* request,
                                           v1::GetFiguresAsOfResponse* response) override;
  grpc::ServerUnaryReactor* ExplainDifference(grpc::CallbackServerContext* context,
                                              const v1::ExplainDifferenceRequest* request,
                                              v1::ExplainDifferenceResponse* response) override;

 private:
  const HistoryDependencies deps_;
};

// Reads a point. INVALID_ARGUMENT: POINT_BOTH (a time and revisions), REVISION_INVALID (negative, of another
// town, of no feed, given twice).
absl::StatusOr<PointQuery> ReadPoint(std::string_view field, const v1::HistoryPoint& point,
                                     const std::string& township);

}  // namespace zhenhui::reporting
