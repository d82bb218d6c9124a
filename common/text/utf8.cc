#include "common/text/utf8.h"

#include <utf8proc.h>

#include "absl/strings/str_cat.h"

namespace zhenhui {
namespace {

// Decodes one code point at `text`'s begin; returns its bytes, or 0 if they are no UTF-8.
size_t Decode(std::string_view text, utf8proc_int32_t* code_point) {
  const utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                                   static_cast<utf8proc_ssize_t>(text.size()), code_point);
  return length > 0 ? static_cast<size_t>(length) : 0;
}

}  // namespace

bool IsValidUtf8(std::string_view text) {
  utf8proc_int32_t code_point = 0;
  while (!text.empty()) {
    const size_t length = Decode(text, &code_point);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

size_t CountCodePoints(std::string_view text) {
  size_t count = 0;
  for (const char c : text) {
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;  // all but continuation bytes
  }
  return count;
}

std::optional<FieldViolation> CheckText(std::string_view field, std::string_view text, size_t max_chars) {
  const auto violation = [&](std::string_view reason, std::string description) {
    return FieldViolation{std::string(field), std::string(reason), std::move(description)};
  };
  if (text.find('\0') != std::string_view::npos) return violation("NUL_BYTE", "the text contains a NUL byte");
  if (!IsValidUtf8(text)) return violation("INVALID_UTF8", "the text is not valid UTF-8");
  const size_t chars = CountCodePoints(text);
  if (chars > max_chars) {
    return violation("TEXT_TOO_LONG", absl::StrCat("the text has ", chars, " characters, at most ", max_chars,
                                                   " are allowed"));
  }
  return std::nullopt;
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    utf8proc_int32_t code_point = 0;
    const size_t length = Decode(text, &code_point);
    width += length == 0 ? 1 : static_cast<size_t>(utf8proc_charwidth(code_point));
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return width;
}

std::string PadRight(std::string_view text, size_t width) {
  std::string padded(text);
  const size_t taken = DisplayWidth(text);
  if (taken < width) padded.append(width - taken, ' ');
  return padded;
}

std::string PadLeft(std::string_view text, size_t width) {
  const size_t taken = DisplayWidth(text);
  std::string padded(taken < width ? width - taken : 0, ' ');
  padded.append(text);
  return padded;
}

}  // namespace zhenhui
