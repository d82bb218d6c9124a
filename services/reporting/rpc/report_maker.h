#pragma once
#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/oversight/alarm_store.h"
#include "services/reporting/domain/year_end/year_ends.h"
#include "services/reporting/report/report.h"
#include "services/reporting/report/report_store.h"
#include "services/reporting/rpc/report_records.h"

namespace zhenhui::reporting {

struct ReportRequest {
  YearKey key;
  std::string township;  // empty: the district's
  report::Format format = report::Format::kDocx;
  bool draft = false;
};

// Gathers what a report is made from, renders it, and keeps it if its year is closed. Blocks. Thread-safe.
class ReportMaker {
 public:
  struct Dependencies {
    const Cube* cube = nullptr;
    const MetricPlans* plans = nullptr;
    YearEnds* year_ends = nullptr;
    report::ReportStore* store = nullptr;
    const report::Templates* templates = nullptr;
    RecordLister* records = nullptr;
    AlarmStore* alarms = nullptr;  // null: the reports hold no explanations
    const Clock* clock = nullptr;
    // A district's Chinese name; where it cannot be had a draft does without.
    std::function<absl::StatusOr<std::string>(const std::string& district, absl::Time deadline)>
        district_name;
  };
  explicit ReportMaker(Dependencies dependencies) : deps_(std::move(dependencies)) {}

  // Of a closed year what is kept, else it is rendered and kept; a draft is rendered each time.
  // FAILED_PRECONDITION, YEAR_NOT_CLOSED; NOT_FOUND: TOWNSHIP_NOT_FOUND, DISTRICT_NOT_FOUND; the errors of
  // the stores and of the cube.
  absl::StatusOr<report::KeptReport> Make(const rpc::Call& call, const ReportRequest& request);

 private:
  absl::StatusOr<report::KeptReport> MakeClosed(const rpc::Call& call, const ReportRequest& request);
  absl::StatusOr<report::KeptReport> MakeDraft(const rpc::Call& call, const ReportRequest& request);
  // With last year's figures, the records, and the explanations until then added.
  absl::StatusOr<report::KeptReport> RenderWith(const rpc::Call& call, const ReportRequest& request,
                                                absl::Time until, report::ReportInput input);
  absl::Status AddExplanations(const rpc::Call& call, absl::Time until, report::ReportInput& input) const;
  absl::StatusOr<DistrictYear> FiguresNow(const YearKey& key, absl::Time deadline) const;

  const Dependencies deps_;
};

}  // namespace zhenhui::reporting
