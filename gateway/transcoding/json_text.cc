#include "gateway/transcoding/json_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace zhenhui::gateway::transcoding {
namespace {

// The bytes of the well-formed UTF-8 character that begins at `at`; 0 if none does. ASCII is not asked for.
size_t CharacterLength(const char* at, const char* end) {
  const auto byte = [&](ptrdiff_t i) { return static_cast<unsigned char>(at[i]); };
  const auto continues = [&](ptrdiff_t i) { return (byte(i) & 0xC0) == 0x80; };
  const ptrdiff_t left = end - at;
  const unsigned char first = byte(0);
  if (first < 0xC2) return 0;  // a continuation, or an overlong form
  if (first < 0xE0) return left >= 2 && continues(1) ? 2 : 0;
  if (first < 0xF0) {
    if (left < 3 || !continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;   // overlong
    return first == 0xED && byte(1) > 0x9F ? 0 : 3;  // surrogates
  }
  if (first > 0xF4 || left < 4 || !continues(1) || !continues(2) || !continues(3)) return 0;
  if (first == 0xF0 && byte(1) < 0x90) return 0;   // overlong
  return first == 0xF4 && byte(1) > 0x8F ? 0 : 4;  // beyond U+10FFFF
}

// Whether all eight bytes are ASCII that stands as it is: no control character, quotation mark or backslash.
bool EightPlain(const char* at) {
  uint64_t word = 0;
  std::memcpy(&word, at, sizeof(word));
  constexpr uint64_t kOnes = 0x0101010101010101;
  constexpr uint64_t kHigh = 0x8080808080808080;
  const uint64_t quote = word ^ (kOnes * '"');
  const uint64_t backslash = word ^ (kOnes * '\\');
  // The usual trick: a byte below n sets its high bit in (word - n) & ~word.
  const uint64_t special = ((word - kOnes * 0x20) & ~word) | ((quote - kOnes) & ~quote) |
                           ((backslash - kOnes) & ~backslash) | word;
  return (special & kHigh) == 0;
}

void AppendEscaped(char c, std::string* out) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out->append("\\\"");
      return;
    case '\\':
      out->append("\\\\");
      return;
    case '\n':
      out->append("\\n");
      return;
    case '\r':
      out->append("\\r");
      return;
    case '\t':
      out->append("\\t");
      return;
    default:
      out->append("\\u00");
      out->push_back(kHex[static_cast<unsigned char>(c) >> 4]);
      out->push_back(kHex[c & 15]);
  }
}

bool AppendString(std::string_view text, bool replace, std::string* out) {
  const char* at = text.data();
  const char* const end = at + text.size();
  const char* run = at;  // [run, at) goes out as it is
  out->push_back('"');
  while (at != end) {
    if (end - at >= 8 && EightPlain(at)) {
      at += 8;
    } else if (static_cast<unsigned char>(*at) >= 0x80) {
      const size_t length = CharacterLength(at, end);
      if (length == 0) {
        if (!replace) return false;
        out->append(run, at);
        out->append("\xEF\xBF\xBD");
        run = ++at;
      } else {
        at += length;
      }
    } else if (static_cast<unsigned char>(*at) < 0x20 || *at == '"' || *at == '\\') {
      out->append(run, at);
      AppendEscaped(*at, out);
      run = ++at;
    } else {
      ++at;
    }
  }
  out->append(run, end);
  out->push_back('"');
  return true;
}

template <typename Number>
void AppendNumber(Number value, std::string* out) {
  if (std::isnan(value)) {
    out->append("\"NaN\"");
  } else if (std::isinf(value)) {
    out->append(value > 0 ? "\"Infinity\"" : "\"-Infinity\"");
  } else if (value == 0 && std::signbit(value)) {
    out->append("-0.0");  // many parsers take -0 for the integer
  } else {
    std::array<char, 40> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    out->append(digits.data(), end);
  }
}

}  // namespace

bool AppendJsonString(std::string_view text, std::string* out) { return AppendString(text, false, out); }

void AppendJsonStringReplacing(std::string_view text, std::string* out) { AppendString(text, true, out); }

void AppendBase64(std::string_view bytes, std::string* out) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  out->push_back('"');
  for (size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t group = 0;
    const size_t left = bytes.size() - i;
    for (size_t k = 0; k < 3; ++k) {
      group = group << 8 | (k < left ? static_cast<unsigned char>(bytes[i + k]) : 0);
    }
    out->push_back(kDigits[group >> 18 & 63]);
    out->push_back(kDigits[group >> 12 & 63]);
    out->push_back(left > 1 ? kDigits[group >> 6 & 63] : '=');
    out->push_back(left > 2 ? kDigits[group & 63] : '=');
  }
  out->push_back('"');
}

void AppendDouble(double value, std::string* out) { AppendNumber(value, out); }
void AppendFloat(float value, std::string* out) { AppendNumber(value, out); }

}  // namespace zhenhui::gateway::transcoding
