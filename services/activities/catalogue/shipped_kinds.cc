#include "services/activities/catalogue/shipped_kinds.h"

#include <vector>

#include "common/embedded/embedded.h"

namespace zhenhui::embedded {
const std::vector<File>& activities_kinds();
}  // namespace zhenhui::embedded

namespace zhenhui::activities {

std::string_view ShippedKinds() { return embedded::activities_kinds().front().text; }

}  // namespace zhenhui::activities
