#pragma once
#include <string_view>

#include "absl/strings/string_view.h"

namespace zhenhui {

// Debian's absl::string_view is a type of its own: what meets Abseil's string functions goes through this.
inline absl::string_view Absl(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace zhenhui
