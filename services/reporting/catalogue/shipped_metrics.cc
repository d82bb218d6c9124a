#include "services/reporting/catalogue/shipped_metrics.h"

#include <vector>

#include "common/embedded/embedded.h"

namespace zhenhui::embedded {
const std::vector<File>& reporting_metrics();
}  // namespace zhenhui::embedded

namespace zhenhui::reporting {

std::string_view ShippedMetrics() { return embedded::reporting_metrics().front().text; }

}  // namespace zhenhui::reporting
