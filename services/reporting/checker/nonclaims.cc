#include "services/reporting/checker/nonclaims.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "services/reporting/checker/numeral.h"

namespace zhenhui::reporting::checker {
namespace {

constexpr size_t kLongestQuotation = 30;
constexpr size_t kLongestTitle = 60;
constexpr std::u32string_view kHanNumeral = U"〇零一二三四五六七八九十百千";

bool IsHanNumeral(char32_t c) { return c != 0 && kHanNumeral.find(c) != std::u32string_view::npos; }
bool IsLatin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }

size_t EndOfDigits(std::u32string_view chars, size_t at) {
  while (IsDigit(CharAt(chars, at))) ++at;
  return at;
}

size_t EndOfHan(std::u32string_view chars, size_t at) {
  while (IsHanNumeral(CharAt(chars, at))) ++at;
  return at;
}

// Hides from each `open` to its `close` if they are near enough.
void HideBetween(std::u32string_view chars, char32_t open, char32_t close, size_t longest, Mask& mask) {
  for (size_t at = chars.find(open); at != chars.npos; at = chars.find(open, at + 1)) {
    const size_t end = chars.find(close, at + 1);
    if (end != chars.npos && end - at <= longest + 1) mask.Hide({at, end + 1});
  }
}

// Plain quotation marks open and close with the same sign.
void HidePlainQuotations(std::u32string_view chars, Mask& mask) {
  for (size_t at = chars.find(U'"'); at != chars.npos;) {
    const size_t end = chars.find(U'"', at + 1);
    if (end == chars.npos) return;
    if (end - at <= kLongestQuotation + 1) mask.Hide({at, end + 1});
    at = chars.find(U'"', end + 1);
  }
}

void HideWords(std::u32string_view chars, const std::vector<std::u32string>& words, Mask& mask) {
  for (const std::u32string& word : words) {
    for (size_t at = chars.find(word); at != chars.npos; at = chars.find(word, at + 1)) {
      mask.Hide({at, at + word.size()});
    }
  }
}

// 第十二条, 第3次, 第一、第二: the numeral and the word after it.
void HideOrdinal(std::u32string_view chars, size_t at, Mask& mask) {
  if (chars[at] != U'第') return;
  const size_t end = IsDigit(CharAt(chars, at + 1)) ? EndOfDigits(chars, at + 1) : EndOfHan(chars, at + 1);
  if (end > at + 1) mask.Hide({at, end + 1});
}

// 2024年3月5日, 12月, 9:30, 12·4, 一季度, 十四五, 二十届: a number that a word of time or rank follows.
void HideTime(std::u32string_view chars, size_t at, Mask& mask) {
  constexpr std::u32string_view kTimeWords = U"年月日号时点届岁周天";
  const bool digit = IsDigit(chars[at]);
  if (!digit && !IsHanNumeral(chars[at])) return;
  if (at > 0 && (digit ? IsDigit(chars[at - 1]) : IsHanNumeral(chars[at - 1]))) return;
  size_t end = digit ? EndOfDigits(chars, at) : EndOfHan(chars, at);
  // 1-6月, 9:30, 12·4, 3.15日: more digits behind a sign.
  while ((CharAt(chars, end) == U'-' || CharAt(chars, end) == U':' || CharAt(chars, end) == U'：' ||
          CharAt(chars, end) == U'·') &&
         IsDigit(CharAt(chars, end + 1))) {
    const bool dot_or_colon = CharAt(chars, end) != U'-';
    const size_t more = EndOfDigits(chars, end + 1);
    if (dot_or_colon) mask.Hide({at, more});
    end = more;
  }
  const char32_t next = CharAt(chars, end);
  const bool time = next != 0 && kTimeWords.find(next) != std::u32string_view::npos;
  if (time || (next == U'季' && CharAt(chars, end + 1) == U'度')) mask.Hide({at, end + 1});
  // 3个月, 5个工作日
  if (next == U'个' && (CharAt(chars, end + 1) == U'月' || CharAt(chars, end + 1) == U'工'))
    mask.Hide({at, end + 2});
}

// 一是, 其二, 三来: marks of a list inside a sentence, at the head of a clause.
void HideListMark(std::u32string_view chars, size_t at, Mask& mask) {
  const bool head = at == 0 || EndsClause(chars[at - 1]);
  if (!head) return;
  const size_t bracket = chars[at] == U'(' ? at + 1 : at;
  const size_t end = IsDigit(CharAt(chars, bracket)) ? EndOfDigits(chars, bracket) : EndOfHan(chars, bracket);
  if (end == bracket) return;
  const char32_t next = CharAt(chars, end);
  const bool closed = next == U')' && bracket > at;
  const bool dot =
      (next == U'.' && !IsDigit(CharAt(chars, end + 1))) || (next == U'、' && end - bracket <= 2);
  const bool word = next == U'是' && !IsDigit(chars[bracket]);
  if (closed || dot || word) mask.Hide({at, end + 1});
}

// 1+1+N, 0971-2233445, 13812345678, G6, A4, COVID-19: signs and codes.
void HideCode(std::u32string_view chars, size_t at, Mask& mask) {
  if (!IsDigit(chars[at]) || (at > 0 && IsDigit(chars[at - 1]))) return;
  const char32_t before = at > 0 ? chars[at - 1] : U'\0';
  const size_t end = EndOfDigits(chars, at);
  const char32_t after = CharAt(chars, end);
  if (IsLatin(before) || before == U'+' || after == U'+' || IsLatin(after)) mask.Hide({at, end});
  // 12345热线, 110报警: the number of a telephone line.
  constexpr std::array<std::u32string_view, 6> kLines = {U"热线", U"专线", U"报警",
                                                         U"联动", U"政务", U"法律服务"};
  for (const std::u32string_view line : kLines) {
    if (chars.substr(end).starts_with(line)) mask.Hide({at, end});
  }
  const bool leading_zero = chars[at] == U'0' && end - at >= 3;
  if (leading_zero || end - at >= 11) mask.Hide({at, end});
  if ((leading_zero || chars.substr(at, end - at) == U"400") && after == U'-') {
    mask.Hide({at, EndOfDigits(chars, end + 1)});
  }
}

// 三个100%: a Han numeral, 个 or 项, then digits: a slogan and not two figures.
void HideIdiom(std::u32string_view chars, size_t at, Mask& mask) {
  if (!IsHanNumeral(chars[at]) || CharAt(chars, at + 1) != U'个') return;
  if (!IsDigit(CharAt(chars, at + 2))) return;
  size_t end = EndOfDigits(chars, at + 2);
  if (CharAt(chars, end) == U'%') mask.Hide({at, end + 1});
}

// 〔2025〕3号, [2025]3号
void HideDocumentNumber(std::u32string_view chars, size_t at, Mask& mask) {
  if (chars[at] != U'〔' && chars[at] != U'[' && chars[at] != U'【') return;
  size_t end = EndOfDigits(chars, at + 1);
  if (end == at + 1) return;
  if (CharAt(chars, end) == U'〕' || CharAt(chars, end) == U']' || CharAt(chars, end) == U'】') {
    end = EndOfDigits(chars, end + 1);
    mask.Hide({at, end + 1});
  }
}

}  // namespace

void Mask::Hide(const Range& range) {
  for (size_t at = range.begin; at < std::min(range.end, hidden_.size()); ++at) hidden_[at] = true;
}

bool Mask::Meets(const Range& range) const {
  for (size_t at = range.begin; at < std::min(range.end, hidden_.size()); ++at) {
    if (hidden_[at]) return true;
  }
  return false;
}

Mask FindNonClaims(const Text& text, const std::vector<std::u32string>& words) {
  const std::u32string_view chars = text.chars;
  Mask mask(chars.size());
  HideBetween(chars, U'《', U'》', kLongestTitle, mask);
  HideBetween(chars, U'“', U'”', kLongestQuotation, mask);
  HideBetween(chars, U'‘', U'’', kLongestQuotation, mask);
  HidePlainQuotations(chars, mask);
  HideWords(chars, words, mask);
  for (size_t at = 0; at < chars.size(); ++at) {
    HideOrdinal(chars, at, mask);
    HideTime(chars, at, mask);
    HideListMark(chars, at, mask);
    HideCode(chars, at, mask);
    HideIdiom(chars, at, mask);
    HideDocumentNumber(chars, at, mask);
  }
  return mask;
}

}  // namespace zhenhui::reporting::checker
