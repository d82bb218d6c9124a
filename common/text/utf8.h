#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "common/status/reason.h"

// Checks of texts that come from outside, and alignment of texts that a person reads in a terminal.
namespace zhenhui {

// Whether `text` is well-formed UTF-8 (no surrogates, no overlong forms). NUL is well-formed.
bool IsValidUtf8(std::string_view text);

// Number of code points; `text` must be valid UTF-8.
size_t CountCodePoints(std::string_view text);

// Refuses what PostgreSQL and people cannot take: INVALID_UTF8, NUL_BYTE, TEXT_TOO_LONG (more than
// `max_chars` code points). An empty text passes. `field` is only copied into the violation.
std::optional<FieldViolation> CheckText(std::string_view field, std::string_view text, size_t max_chars);

// Columns that `text` takes in a terminal: 2 for Han characters and full-width forms, 0 for combining marks
// and control characters. A byte that is no UTF-8 counts as 1.
size_t DisplayWidth(std::string_view text);

// Adds spaces until the text is `width` columns wide; a wider text stays as it is. PadRight puts the spaces
// at its end (for texts), PadLeft before it (for numbers).
std::string PadRight(std::string_view text, size_t width);
std::string PadLeft(std::string_view text, size_t width);

}  // namespace zhenhui
