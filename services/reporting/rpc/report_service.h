#pragma once
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "services/reporting/rpc/check_handler.h"
#include "services/reporting/rpc/comparison_export.h"
#include "services/reporting/rpc/ready.h"
#include "services/reporting/rpc/report_maker.h"
#include "zhenhui/reporting/v1/report_service.grpc.pb.h"

namespace zhenhui::reporting {

// What the handlers work with. Everything outlives the service.
struct ReportDependencies {
  ReportMaker* maker = nullptr;
  const ComparisonExporter* exporter = nullptr;
  const MetricPlans* plans = nullptr;
  Cube* cube = nullptr;
  const NarrativeChecker* checker = nullptr;  // null: `no_checker` says why
  absl::Status no_checker;
  const auth::Authenticator* authenticator = nullptr;
  Executor* executor = nullptr;
  Ready ready;
};

// The gRPC face of reports. Thread-safe.
class ReportServiceImpl final : public v1::ReportService::CallbackService {
 public:
  explicit ReportServiceImpl(ReportDependencies dependencies) : deps_(std::move(dependencies)) {}

  grpc::ServerWriteReactor<v1::RenderReportResponse>* RenderReport(
      grpc::CallbackServerContext* context, const v1::RenderReportRequest* request) override;
  grpc::ServerUnaryReactor* ExportComparison(grpc::CallbackServerContext* context,
                                             const v1::ExportComparisonRequest* request,
                                             v1::ExportComparisonResponse* response) override;
  grpc::ServerUnaryReactor* CheckReport(grpc::CallbackServerContext* context,
                                        const v1::CheckReportRequest* request,
                                        v1::CheckReportResponse* response) override;

 private:
  const ReportDependencies deps_;
};

// A town's report needs the town in the token's scope, the district's the whole district. INVALID_ARGUMENT:
// NAME_INVALID, FORMAT_INVALID; PERMISSION_DENIED, OUT_OF_SCOPE.
absl::StatusOr<ReportRequest> ReadRenderReport(const auth::Claims& claims,
                                               const v1::RenderReportRequest& request);

// A report in parts of at most 64 KiB, at least one: names in the first, the digest in the last.
std::vector<v1::RenderReportResponse> ReportParts(const report::KeptReport& report, report::Format format);

}  // namespace zhenhui::reporting
