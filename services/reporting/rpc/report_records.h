#pragma once
#include <memory>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/rpc/call.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/series.h"
#include "services/reporting/domain/year_end/district_year.h"
#include "services/reporting/report/report_input.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

namespace zhenhui::reporting {

struct ReportRecords {
  std::vector<report::RecordRow> rows;  // by metric, date and name
  bool cut = false;                     // there are more
};

// Lists the activities behind the core figures of a town's year, as they stood at the figures' revision. Of a
// metric whose definition has changed since the figures were taken nothing is listed: today's formula would
// not sum to them. Thread-safe.
class RecordLister {
 public:
  // All outlive it; the channel sends a token of the role job.
  RecordLister(Vocabulary& vocabulary, const MetricPlans& plans,
               const std::shared_ptr<grpc::Channel>& activities);

  // At most 20,000 rows. Blocks on the activities service; its errors.
  absl::StatusOr<ReportRecords> List(const rpc::Call& call, const DistrictYear& year, size_t town);

 private:
  Vocabulary& vocabulary_;
  const MetricPlans& plans_;
  const std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
};

}  // namespace zhenhui::reporting
