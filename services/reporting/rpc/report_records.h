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
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::reporting {

struct ReportRecords {
  std::vector<report::RecordRow> rows;  // by metric, date and name
  bool cut = false;                     // there are more
};

// Lists the activities and the entries of the register behind the core figures of a town's year, as they
// stood at the figures' revisions. Of a metric whose definition has changed since the figures were taken
// nothing is listed: today's formula would not sum to them. Thread-safe.
class RecordLister {
 public:
  // All outlive it; the channels send a token of the role job.
  RecordLister(Vocabulary& vocabulary, const MetricPlans& plans,
               const std::shared_ptr<grpc::Channel>& activities,
               const std::shared_ptr<grpc::Channel>& townships);

  // At most 20,000 rows, of which the register's are never left out. Blocks on the services; their errors.
  absl::StatusOr<ReportRecords> List(const rpc::Call& call, const DistrictYear& year, size_t town);

 private:
  struct Names;
  using Plans = std::vector<const MetricPlan*>;

  absl::Status AddRegister(const rpc::Call& call, const Plans& plans, const Period& period,
                           const TownYear& of, Names* names, ReportRecords* records);
  absl::Status AddActivities(const rpc::Call& call, const Plans& plans, const Period& period,
                             const TownYear& of, const Names& names, ReportRecords* records);

  Vocabulary& vocabulary_;
  const MetricPlans& plans_;
  const std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
  const std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
};

}  // namespace zhenhui::reporting
