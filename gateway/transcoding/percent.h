#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace zhenhui::gateway::transcoding {

enum class PercentRule {
  kSegment,   // one path segment: everything is decoded
  kSegments,  // a part of a path with several segments: "%2F" stays as it is, so that it can be told from '/'
  kForm,      // a query: everything is decoded, and '+' is a space
};

// Nothing for what cannot be meant: '%' without two hex digits, a NUL byte, bytes that are no UTF-8.
std::optional<std::string> PercentDecode(std::string_view text, PercentRule rule);

// For a header such as Content-Disposition: every byte but letters, digits and "-._~" as %XX.
std::string PercentEncode(std::string_view text);

}  // namespace zhenhui::gateway::transcoding
