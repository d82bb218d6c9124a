#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "services/reporting/domain/metric_catalogue.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/series.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

namespace zhenhui::reporting {

// The metrics of this process, and whether the activities service knows every kind and measure that they
// name. Until it has been asked, the answer is taken to be yes: a restart must serve while that service is
// down. Thread-safe.
class Catalogue {
 public:
  // `json` is the text of a metrics.json. INVALID_ARGUMENT, DATA_FILE_INVALID.
  static absl::StatusOr<std::unique_ptr<Catalogue>> Load(std::string json, Vocabulary& vocabulary);

  const MetricCatalogue& metrics() const { return metrics_; }
  const MetricPlans& plans() const { return plans_; }

  // Compares with the kinds that exist; logs a change for the worse. Returns agreement().
  absl::Status CompareWith(const activities::v1::ListKindsResponse& kinds);
  // FAILED_PRECONDITION, CATALOGUE_MISMATCH: names the metric and the series.
  absl::Status agreement() const;

 private:
  Catalogue(std::string json, MetricCatalogue metrics, Vocabulary& vocabulary)
      : json_(std::move(json)), metrics_(std::move(metrics)), plans_(metrics_, vocabulary) {}

  const std::string json_;
  const MetricCatalogue metrics_;
  const MetricPlans plans_;
  mutable std::mutex mutex_;
  absl::Status agreement_;  // guarded by mutex_
};

}  // namespace zhenhui::reporting
