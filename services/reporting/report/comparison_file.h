#pragma once
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/comparison.h"
#include "services/reporting/report/report.h"

// A comparison of towns as a file for people and programs.
namespace zhenhui::reporting::report {

// At most so many rows: metrics times towns.
inline constexpr size_t kMaxComparisonRows = 20'000;

struct ComparisonInput {
  std::string place;  // what the towns are together: "630106示例区", "630106101示例镇等3个乡镇（街道）"
  Period period;
  Normalisation normalisation = Normalisation::kNone;
  std::span<const MetricComparison> comparisons;  // of `towns`, in their order
  std::span<const TownView> towns;
  absl::Time made_at;
};

// CSV or a workbook, one row for each metric and town. What the figures mean and which revisions they include
// stands below the rows, or on a second sheet. The same input makes the same bytes.
// INVALID_ARGUMENT: FORMAT_NOT_OFFERED, RESULT_TOO_LARGE. RESOURCE_EXHAUSTED: REPORT_NOT_WRITTEN.
absl::StatusOr<RenderedReport> RenderComparison(Format format, const ComparisonInput& input);

}  // namespace zhenhui::reporting::report
