#pragma once
#include <string>
#include <string_view>

namespace zhenhui {

// SHA-256 of the bytes, 64 lower-case hex digits. Thread-safe.
std::string Sha256Hex(std::string_view bytes);

// Whether the text is such a digest: exactly 64 of 0-9 a-f.
bool IsSha256Hex(std::string_view text);

}  // namespace zhenhui
