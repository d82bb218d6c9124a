#pragma once
#include <span>

#include "services/reporting/domain/comparison.h"
#include "services/reporting/wire/wire_writer.h"

namespace zhenhui::reporting {

// Writes a whole CompareTownshipsResponse: `comparisons` in the order of the request, and the revisions of
// `towns`, which are those compared, in the same order. An answer has hundreds of small messages; making them
// as objects first would cost more than the comparison.
WireWriter WriteComparisons(std::span<const MetricComparison> comparisons, std::span<const TownView> towns);

}  // namespace zhenhui::reporting
