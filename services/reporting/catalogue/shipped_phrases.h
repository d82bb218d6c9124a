#pragma once
#include <string_view>

namespace zhenhui::reporting {

// The text of phrases.json as it was when this binary was built; for checker::Lexicon::Load. Thread-safe.
std::string_view ShippedPhrases();

}  // namespace zhenhui::reporting
