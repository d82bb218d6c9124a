#pragma once
#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/year_end/record_changes.h"
#include "services/reporting/upkeep/feed_source.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::reporting {

// A point in a township's history, as asked for: a time, or revisions; what is not given is now.
struct PointQuery {
  std::optional<absl::Time> time;
  std::array<std::optional<int64_t>, 2> revisions;  // by feed
};

// Figures of one town as they stood, computed from the records of the owning services.
struct FiguresAsOf {
  Applied revisions;
  std::vector<Figure> figures;  // in the order of the metrics
};

// How a record moved a figure.
struct MetricDifference {
  const MetricPlan* metric = nullptr;
  RecordChange record;
  ContributionAmounts before;
  ContributionAmounts after;
};
struct ExplainedDifference {
  struct One {
    const MetricPlan* metric = nullptr;
    Figure before;
    Figure after;
  };
  Applied from;
  Applied to;
  std::vector<One> figures;               // those that differ, in the order of the metrics
  std::vector<MetricDifference> records;  // by metric, then by name; they sum to the figures' differences
};

inline constexpr size_t kMostDifferences = 10'000;

// Blocks on the other services: run it on an executor. Thread-safe. Errors: Cube::Snapshot's; those of the
// services (OUT_OF_RANGE: CURSOR_AHEAD, CURSOR_TOO_OLD); INVALID_ARGUMENT: POINTS_REVERSED, RESULT_TOO_LARGE;
// INTERNAL, DIFFERENCE_UNEXPLAINED, a bug.
class History {
 public:
  // Cube and clock outlive it; the channels send a token of the role job.
  History(Cube& cube, const Clock& clock, const std::shared_ptr<grpc::Channel>& activities,
          const std::shared_ptr<grpc::Channel>& townships);

  absl::StatusOr<FiguresAsOf> AsOf(const rpc::Call& call, const std::string& township,
                                   const std::vector<const MetricPlan*>& metrics, const Period& period,
                                   const PointQuery& point);
  absl::StatusOr<ExplainedDifference> Difference(const rpc::Call& call, const std::string& township,
                                                 const std::vector<const MetricPlan*>& metrics,
                                                 const Period& period, const PointQuery& from,
                                                 const PointQuery& to);

 private:
  struct Between;
  absl::StatusOr<Applied> Resolve(const rpc::Call& call, const std::string& township,
                                  const PointQuery& point);
  absl::StatusOr<int64_t> RevisionAt(const rpc::Call& call, const std::string& township, Feed feed,
                                     absl::Time time);
  // The state as of these revisions, computed from the records.
  absl::StatusOr<TownStatePtr> StateAt(const rpc::Call& call, const std::string& township,
                                       const Applied& revisions);
  // Folds the changes up to `to` into the earlier state and collects them.
  absl::Status Walk(const rpc::Call& call, const std::string& township, const Applied& to, Between& between);
  absl::Status Explain(const Between& between, const MetricPlan& metric, const Period& period, Date today,
                       ExplainedDifference& explained);

  Cube& cube_;
  const Clock& clock_;
  const FeedSource sources_[2];
  const std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
  const std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
};

}  // namespace zhenhui::reporting
