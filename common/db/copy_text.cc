#include <array>
#include <cstring>

#include "common/db/copy.h"

// The text format of COPY: fields end with a tab, rows with a newline, \N is NULL, and a backslash escapes
// these.
namespace zhenhui::db::internal {
namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

// Two hex digits for each byte.
constexpr std::array<char, 512> MakeHexPairs() {
  std::array<char, 512> pairs{};
  for (size_t byte = 0; byte < 256; ++byte) {
    pairs[2 * byte] = kHexDigits[byte >> 4];
    pairs[2 * byte + 1] = kHexDigits[byte & 15];
  }
  return pairs;
}
constexpr std::array<char, 512> kHexPairs = MakeHexPairs();

// The value of a hex digit, or -1.
constexpr std::array<signed char, 256> MakeHexValues() {
  std::array<signed char, 256> values{};
  values.fill(-1);
  for (int i = 0; i < 16; ++i)
    values[static_cast<unsigned char>(kHexDigits[i])] = static_cast<signed char>(i);
  for (int i = 0; i < 6; ++i) values[static_cast<size_t>('A' + i)] = static_cast<signed char>(10 + i);
  return values;
}
constexpr std::array<signed char, 256> kHexValues = MakeHexValues();

// The letter after the backslash for a byte that must be escaped, else 0.
constexpr std::array<char, 256> MakeEscapes() {
  std::array<char, 256> escapes{};
  escapes['\\'] = '\\';
  escapes['\n'] = 'n';
  escapes['\r'] = 'r';
  escapes['\t'] = 't';
  return escapes;
}
constexpr std::array<char, 256> kEscapes = MakeEscapes();

char UnescapedLetter(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'v':
      return '\v';
    default:
      return letter;  // the server writes no octal or hex escapes
  }
}

}  // namespace

void AppendEscaped(std::string_view text, std::string& out) {
  size_t begin = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char letter = kEscapes[static_cast<unsigned char>(text[i])];
    if (letter == 0) continue;
    out.append(text, begin, i - begin);
    out.push_back('\\');
    out.push_back(letter);
    begin = i + 1;
  }
  out.append(text, begin);
}

void AppendUnescaped(std::string_view raw, std::string& out) {
  while (!raw.empty()) {
    const size_t backslash = raw.find('\\');
    out.append(raw.substr(0, backslash));
    if (backslash == std::string_view::npos || backslash + 1 == raw.size()) return;
    out.push_back(UnescapedLetter(raw[backslash + 1]));
    raw.remove_prefix(backslash + 2);
  }
}

void AppendHex(std::string_view bytes, std::string& out) {
  const size_t begin = out.size();
  out.resize(begin + 2 * bytes.size());
  char* to = out.data() + begin;
  for (const char byte : bytes) {
    std::memcpy(to, &kHexPairs[2 * static_cast<size_t>(static_cast<unsigned char>(byte))], 2);
    to += 2;
  }
}

bool AppendFromHex(std::string_view hex, std::string& out) {
  if (hex.size() % 2 != 0) return false;
  const size_t begin = out.size();
  out.resize(begin + hex.size() / 2);
  char* to = out.data() + begin;
  int wrong = 0;  // collects the sign bits of all digits: one test at the end
  for (size_t i = 0; i < hex.size(); i += 2) {
    const int high = kHexValues[static_cast<unsigned char>(hex[i])];
    const int low = kHexValues[static_cast<unsigned char>(hex[i + 1])];
    wrong |= high | low;
    *to++ = static_cast<char>(static_cast<unsigned>(high) << 4 | static_cast<unsigned>(low));
  }
  return wrong >= 0;
}

}  // namespace zhenhui::db::internal
