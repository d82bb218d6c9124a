#pragma once
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/report/report_input.h"
#include "services/reporting/rpc/requests.h"
#include "zhenhui/reporting/v1/report_service.pb.h"

namespace zhenhui::reporting {

struct ExportRequest {
  CompareRequest comparison;
  report::Format format = report::Format::kXlsx;
};
// Errors of ReadCompare. INVALID_ARGUMENT: FORMAT_NOT_OFFERED.
absl::StatusOr<ExportRequest> ReadExport(const MetricPlans& plans, const v1::ExportComparisonRequest& request,
                                         const auth::Claims& claims);

// Writes comparisons as files. Blocks. Thread-safe.
class ComparisonExporter {
 public:
  struct Dependencies {
    const Cube* cube = nullptr;
    const Clock* clock = nullptr;
    // A district's Chinese name; where it cannot be had the file does without.
    std::function<absl::StatusOr<std::string>(const std::string& district, absl::Time deadline)>
        district_name;
  };
  explicit ComparisonExporter(Dependencies dependencies) : deps_(std::move(dependencies)) {}

  // Errors of TownsOf, Compare and report::RenderComparison.
  absl::Status Export(const rpc::Call& call, const ExportRequest& request,
                      v1::ExportComparisonResponse* response) const;

 private:
  std::string PlaceOf(const rpc::Call& call, const TownScope& scope, std::span<const TownView> towns) const;

  const Dependencies deps_;
};

}  // namespace zhenhui::reporting
