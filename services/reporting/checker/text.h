#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// A paragraph as the grammar reads it: code points, with one spelling for each sign, and the way back.
//
//   "发放　１，２００ 份（册）"  ->  "发放1,200份(册)"      full-width digits and signs; spaces taken out
//   "40 余 场次"              ->  "40余场次"
//   "2024—2025"               ->  "2024-2025"             every dash and tilde is "-"
//   "贰万肆仟份"              ->  "二万四千份"             banker's numerals
//
// ， ； 。 stay, because "," may be part of a number and they may not (unless the digits round it are
// full-width).
namespace zhenhui::reporting::checker {

// Half-open range of indexes into Text::chars.
struct Range {
  size_t begin = 0;
  size_t end = 0;

  size_t size() const { return end - begin; }
  bool Holds(size_t at) const { return begin <= at && at < end; }
  bool Meets(const Range& other) const { return begin < other.end && other.begin < end; }
  friend bool operator==(const Range&, const Range&) = default;
};

// Whether all of `inner` lies in `outer`.
inline bool Inside(const Range& inner, const Range& outer) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

// The character at `at`; NUL behind the end.
inline char32_t CharAt(std::u32string_view chars, size_t at) { return at < chars.size() ? chars[at] : U'\0'; }

struct Text {
  std::u32string chars;
  std::vector<uint32_t> code_point;  // of each of `chars`: its place in the paragraph, in code points
  std::vector<uint32_t> byte;        // the same in bytes
  std::vector<uint32_t> byte_end;    // where its bytes end
  std::vector<Range>
      sentences;  // cover `chars`; each ends after its 。！？… (or is cut at 1000 to 2000 signs)

  // The sentence that holds `at`.
  size_t SentenceOf(size_t at) const;
  std::u32string_view View(const Range& range) const {
    return std::u32string_view(chars).substr(range.begin, range.size());
  }
};

// Never fails: each byte that is no UTF-8 becomes one U+FFFD.
Text ReadText(std::string_view paragraph);

// UTF-8 to folded code points: what ReadText does to text, for phrases of data files.
std::u32string Fold(std::string_view utf8);
std::string ToUtf8(std::u32string_view chars);

bool IsDigit(char32_t c);
// ， , ； ： 。 and the like: a clause ends. 、 is no such: it parts a list inside a clause.
bool EndsClause(char32_t c);
// 。 ！ ？ …
bool EndsSentence(char32_t c);

// How deep the numbering of a heading is, by its mark: 一、 is 1, （一） 2, 1. or 1、 3, （1） 4; 0 without a
// mark.
int HeadingMark(const Text& text);
// Whether the paragraph looks like a heading of its own: short, without a full stop, with a mark.
bool LooksLikeHeading(const Text& text);

}  // namespace zhenhui::reporting::checker
