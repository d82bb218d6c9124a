#pragma once
#include <string_view>

namespace zhenhui::reporting {

// The text of metrics.json as it was when this binary was built; for MetricCatalogue::Load. Thread-safe.
std::string_view ShippedMetrics();

}  // namespace zhenhui::reporting
