#pragma once
#include <utility>

#include "absl/status/status.h"
#include "common/rpc/call.h"
#include "services/reporting/checker/lexicon.h"
#include "services/reporting/domain/metric_catalogue.h"
#include "services/reporting/narrative/figure_sources.h"
#include "services/reporting/rpc/ready.h"
#include "zhenhui/reporting/v1/report_service.pb.h"

namespace zhenhui::reporting {

// At most so many figures are judged in one narrative; a longer list is nobody's report
// (NARRATIVE_TOO_LARGE).
inline constexpr size_t kMaxClaims = 2000;

// ReportService.CheckReport: reads a narrative, has it checked against the town's figures, and answers.
// Thread-safe.
class NarrativeChecker {
 public:
  // The references outlive it.
  NarrativeChecker(const checker::Lexicon& lexicon, const MetricCatalogue& metrics,
                   narrative::FigureSources& figures, Ready ready)
      : lexicon_(lexicon), metrics_(metrics), figures_(figures), ready_(std::move(ready)) {}

  // Takes tens of milliseconds, and may wait for a store: run it on an executor. INVALID_ARGUMENT:
  // NAME_INVALID, YEAR_RANGE, FORMAT_INVALID, NARRATIVE_EMPTY, NARRATIVE_TOO_LARGE, NARRATIVE_DAMAGED;
  // PERMISSION_DENIED, OUT_OF_SCOPE; NOT_FOUND, TOWNSHIP_NOT_FOUND; those of Ready and of the figures'
  // source.
  absl::Status Check(const rpc::Call& call, const v1::CheckReportRequest& request,
                     v1::CheckReportResponse* response) const;

 private:
  const checker::Lexicon& lexicon_;
  const MetricCatalogue& metrics_;
  narrative::FigureSources& figures_;
  const Ready ready_;
};

}  // namespace zhenhui::reporting
