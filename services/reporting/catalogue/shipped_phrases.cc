#include "services/reporting/catalogue/shipped_phrases.h"

#include <vector>

#include "common/embedded/embedded.h"

namespace zhenhui::embedded {
const std::vector<File>& reporting_phrases();
}  // namespace zhenhui::embedded

namespace zhenhui::reporting {

std::string_view ShippedPhrases() { return embedded::reporting_phrases().front().text; }

}  // namespace zhenhui::reporting
