#pragma once
#include <string_view>

namespace zhenhui::activities {

// The text of kinds.json as it was when this binary was built; for KindCatalogue::Load. Thread-safe.
std::string_view ShippedKinds();

}  // namespace zhenhui::activities
