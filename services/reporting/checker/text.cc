#include "services/reporting/checker/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace zhenhui::reporting::checker {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr size_t kLongestHeading = 45;
// Work inside a sentence grows with its square; a text without any full stop must not take for ever.
constexpr size_t kLongestSentence = 1000;

// The code point at `at` and how many bytes it takes; a byte that begins none is U+FFFD.
std::pair<char32_t, size_t> Decode(std::string_view text, size_t at) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1};
  const size_t length = lead >= 0xF0 && lead < 0xF5 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || lead >= 0xF5 || at + length > text.size()) return {kReplacement, 1};
  char32_t value = lead & (0xFF >> (length + 1));
  for (size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {kReplacement, 1};
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  constexpr std::array<char32_t, 5> kLeast = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  if (value < kLeast[length] || surrogate || value > 0x10FFFF) return {kReplacement, 1};
  return {value, length};
}

bool IsSpace(char32_t c) {
  return c == U' ' || c == U'\t' || c == U'\r' || c == U'\n' || c == 0x3000 || c == 0xA0 || c == 0xFEFF ||
         (c >= 0x2000 && c <= 0x200F) || c == 0x202F || c == 0x2060;
}

// Signs with several spellings, beside the full-width forms of ASCII.
char32_t FoldSign(char32_t c) {
  constexpr std::u32string_view kFrom =
      U"—–‐‑−－~～∼○●•‧・﹪;!?:︰“”„＂「」『』壹贰叁肆伍陆柒捌玖拾佰仟萬億兩﹐";
  constexpr std::u32string_view kTo = U"---------〇〇···%；！？：：“”“\"“”“”一二三四五六七八九十百千万亿两，";
  static_assert(kFrom.size() == kTo.size());
  const size_t found = kFrom.find(c);
  return found == std::u32string_view::npos ? c : kTo[found];
}

char32_t FoldChar(char32_t c) {
  if (c == U'，' || c == U'；' || c == U'！' || c == U'？' || c == U'：') return c;
  const char32_t sign = FoldSign(c);
  if (sign != c) return sign;
  return c > 0xFF00 && c < 0xFF5F ? c - 0xFEE0 : c;
}

void Append(Text& text, char32_t folded, uint32_t code_point, size_t byte, size_t length) {
  text.chars.push_back(folded);
  text.code_point.push_back(code_point);
  text.byte.push_back(static_cast<uint32_t>(byte));
  text.byte_end.push_back(static_cast<uint32_t>(byte + length));
}

// "１，２００": a full-width comma between full-width digits parts thousands.
bool IsWideComma(std::string_view paragraph, size_t at, char32_t before) {
  if (before < U'０' || before > U'９' || at + 3 >= paragraph.size()) return false;
  const char32_t after = Decode(paragraph, at + 3).first;
  return after >= U'０' && after <= U'９';
}

void SplitSentences(Text& text) {
  Range sentence;
  for (size_t i = 0; i < text.chars.size(); ++i) {
    const bool too_long = i - sentence.begin >= kLongestSentence && EndsClause(text.chars[i]);
    const bool far_too_long = i - sentence.begin >= 2 * kLongestSentence;
    if (!EndsSentence(text.chars[i]) && !too_long && !far_too_long) continue;
    sentence.end = i + 1;
    text.sentences.push_back(sentence);
    sentence.begin = i + 1;
  }
  sentence.end = text.chars.size();
  if (sentence.size() > 0 || text.sentences.empty()) text.sentences.push_back(sentence);
}

// The length of a run of Han numerals or of digits at `at`.
size_t RunOf(std::u32string_view chars, size_t at, bool digits) {
  constexpr std::u32string_view kHan = U"一二三四五六七八九十";
  size_t end = at;
  while (end < chars.size() && end - at < 3 &&
         (digits ? IsDigit(chars[end]) : kHan.find(chars[end]) != std::u32string_view::npos)) {
    ++end;
  }
  return end - at;
}

}  // namespace

size_t Text::SentenceOf(size_t at) const {
  const auto found = std::upper_bound(sentences.begin(), sentences.end(), at,
                                      [](size_t value, const Range& range) { return value < range.end; });
  return found == sentences.end() ? sentences.size() - 1 : static_cast<size_t>(found - sentences.begin());
}

Text ReadText(std::string_view paragraph) {
  Text text;
  uint32_t index = 0;
  char32_t before = 0;
  bool space = false;
  for (size_t at = 0; at < paragraph.size(); ++index) {
    const auto [c, length] = Decode(paragraph, at);
    if (IsSpace(c)) {
      space = true;
    } else {
      char32_t folded = FoldChar(c);
      if (c == U'，' && IsWideComma(paragraph, at, before)) folded = U',';
      // Two numbers that only a space parts must not become one.
      if (space && IsDigit(folded) && !text.chars.empty() && IsDigit(text.chars.back())) {
        Append(text, U' ', index - 1, at - 1, 1);
      }
      Append(text, folded, index, at, length);
      space = false;
      before = c;
    }
    at += length;
  }
  SplitSentences(text);
  return text;
}

std::u32string Fold(std::string_view utf8) { return ReadText(utf8).chars; }

std::string ToUtf8(std::u32string_view chars) {
  std::string out;
  for (const char32_t c : chars) {
    if (c < 0x80) {
      out += static_cast<char>(c);
    } else if (c < 0x800) {
      out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
    } else if (c < 0x10000) {
      out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
              static_cast<char>(0x80 | (c & 0x3F))};
    } else {
      out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
              static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    }
  }
  return out;
}

bool IsDigit(char32_t c) { return c >= U'0' && c <= U'9'; }

bool EndsClause(char32_t c) { return c == U'，' || c == U',' || c == U'；' || c == U'：' || EndsSentence(c); }

bool EndsSentence(char32_t c) { return c == U'。' || c == U'！' || c == U'？' || c == U'…'; }

int HeadingMark(const Text& text) {
  const std::u32string_view chars = text.chars;
  if (chars.empty()) return 0;
  const size_t bracket = chars[0] == U'(' ? 1 : 0;
  for (const bool digits : {false, true}) {
    const size_t run = RunOf(chars, bracket, digits);
    const size_t after = bracket + run;
    if (run == 0 || after >= chars.size()) continue;
    if (bracket == 1) return chars[after] == U')' ? (digits ? 4 : 2) : 0;
    const bool dot = chars[after] == U'.' && (after + 1 >= chars.size() || !IsDigit(chars[after + 1]));
    if (chars[after] == U'、' || dot) return digits ? 3 : 1;
  }
  return 0;
}

bool LooksLikeHeading(const Text& text) {
  if (text.chars.empty() || text.chars.size() > kLongestHeading || HeadingMark(text) == 0) return false;
  const char32_t last = text.chars.back();
  const bool open = last == U'。' || last == U'；' || last == U'，';
  return !open && std::none_of(text.chars.begin(), text.chars.end() - 1, EndsSentence);
}

}  // namespace zhenhui::reporting::checker
