#include "services/reporting/checker/period.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "services/reporting/checker/numeral.h"

namespace zhenhui::reporting::checker {
namespace {

using Chars = std::u32string_view;

// Which year and which months; what is not said stays open.
struct Reading {
  std::optional<int> year;
  int first_month = 1;
  int last_month = 12;
  bool since = false;  // 2021年以来
  bool last_year = false;
  size_t end = 0;
};

struct YearWord {
  Chars word;
  int offset;
};
constexpr std::array kYearWords = {
    YearWord{U"上一年度", -1}, YearWord{U"上一年", -1},  YearWord{U"上年度", -1}, YearWord{U"去年", -1},
    YearWord{U"上年", -1},     YearWord{U"下一年度", 1}, YearWord{U"下一年", 1},  YearWord{U"下年度", 1},
    YearWord{U"明年", 1},      YearWord{U"来年", 1},     YearWord{U"本年度", 0},  YearWord{U"今年", 0},
    YearWord{U"本年", 0},      YearWord{U"全年", 0},     YearWord{U"年内", 0},    YearWord{U"一年来", 0}};

struct MonthsWord {
  Chars word;
  int first;
  int last;
};
constexpr std::array kMonthsWords = {
    MonthsWord{U"上半年", 1, 6},   MonthsWord{U"下半年", 7, 12},    MonthsWord{U"前三季度", 1, 9},
    MonthsWord{U"前3季度", 1, 9},  MonthsWord{U"第一季度", 1, 3},   MonthsWord{U"第二季度", 4, 6},
    MonthsWord{U"第三季度", 7, 9}, MonthsWord{U"第四季度", 10, 12}, MonthsWord{U"一季度", 1, 3},
    MonthsWord{U"二季度", 4, 6},   MonthsWord{U"三季度", 7, 9},     MonthsWord{U"四季度", 10, 12},
    MonthsWord{U"1季度", 1, 3},    MonthsWord{U"2季度", 4, 6},      MonthsWord{U"3季度", 7, 9},
    MonthsWord{U"4季度", 10, 12},  MonthsWord{U"年初", 1, 1},       MonthsWord{U"年底", 1, 12},
    MonthsWord{U"年末", 1, 12}};

// A whole number at `at`, in Arabic or Han digits, and where it ends.
struct Number {
  int value = -1;
  size_t end = 0;
};
Number ReadNumber(Chars chars, size_t at) {
  const char32_t c = CharAt(chars, at);
  if (!IsDigit(c) && HanDigit(c) < 0 && c != U'十') return {};
  const std::optional<Numeral> numeral = ParseNumeral(chars, at);
  if (!numeral || numeral->high || numeral->value.denominator() != 1) return {};
  if (numeral->value.numerator() > 9999) return {};
  return {static_cast<int>(numeral->value.numerator()), numeral->range.end};
}

// 12月, 1-6月, 1至6月, 一月份
bool ReadMonths(Chars chars, size_t at, Reading& reading) {
  const Number first = ReadNumber(chars, at);
  if (first.value < 1 || first.value > 12) return false;
  Number last = first;
  size_t end = first.end;
  if (CharAt(chars, end) == U'月' && (CharAt(chars, end + 1) == U'至' || CharAt(chars, end + 1) == U'-'))
    ++end;
  const char32_t sign = CharAt(chars, end);
  if (sign == U'-' || sign == U'至' || sign == U'到') last = ReadNumber(chars, end + 1);
  if (last.value < first.value || last.value > 12 || CharAt(chars, last.end) != U'月') return false;
  reading.first_month = first.value;
  reading.last_month = last.value;
  reading.end = last.end + 1;
  return true;
}

bool ReadYear(Chars chars, size_t at, int asked, Reading& reading) {
  for (const YearWord& word : kYearWords) {
    if (!chars.substr(at).starts_with(word.word)) continue;
    reading.year = asked + word.offset;
    reading.last_year = word.offset < 0;
    reading.end = at + word.word.size();
    return true;
  }
  const Number number = ReadNumber(chars, at);
  if (number.value < 1900 || number.value > 2200 || CharAt(chars, number.end) != U'年') return false;
  reading.year = number.value;
  reading.end = number.end + 1;
  if (CharAt(chars, reading.end) == U'度') ++reading.end;
  const Chars rest = chars.substr(reading.end);
  reading.since = rest.starts_with(U"以来") || rest.starts_with(U"起");
  return true;
}

bool ReadPart(Chars chars, size_t at, Reading& reading) {
  for (const MonthsWord& word : kMonthsWords) {
    if (!chars.substr(at).starts_with(word.word)) continue;
    reading.first_month = word.first;
    reading.last_month = word.last;
    reading.end = at + word.word.size();
    return true;
  }
  return ReadMonths(chars, at, reading);
}

std::optional<Reading> ReadPeriod(Chars chars, size_t at, int asked) {
  Reading reading;
  const bool year = ReadYear(chars, at, asked, reading);
  const size_t part_at = year ? reading.end : at;
  const bool part = part_at < chars.size() && ReadPart(chars, part_at, reading);
  if (!year && !part) return std::nullopt;
  return reading;
}

// 比去年, 较2023年: what is compared with.
bool IsReference(Chars chars, size_t at) {
  constexpr Chars kCompare = U"比较与同";
  return at > 0 && kCompare.find(chars[at - 1]) != Chars::npos;
}

// 2021年修订, 2020年印发: the year of a document.
bool IsOfDocument(Chars rest) {
  constexpr std::array<Chars, 8> kWords = {U"修订", U"修正", U"制定", U"印发",
                                           U"出台", U"颁布", U"施行", U"版"};
  return std::any_of(kWords.begin(), kWords.end(), [&](Chars word) { return rest.starts_with(word); });
}

// 去年27场；今年...: last year is said for its own item only, and 上年27场，同比上升59%: the change is this
// year's.
bool LeavesLastYear(Chars chars, size_t from, size_t at) {
  if (chars[at] == U'；') return true;
  const Chars between = chars.substr(from, at - from);
  return chars.substr(at).starts_with(U"同比") && std::any_of(between.begin(), between.end(), EndsClause);
}

Period ToPeriod(const Reading& reading, bool up_to, int asked) {
  const int year = reading.year.value_or(asked);
  const int end_year = reading.since && year < asked ? asked : year;
  const int first = up_to ? 1 : reading.first_month;
  const absl::CivilMonth after = absl::CivilMonth(end_year, reading.last_month) + 1;
  return {Date(year, first, 1), Date(after) - 1};
}

}  // namespace

Period WholeYear(int year) { return {Date(year, 1, 1), Date(year, 12, 31)}; }

std::optional<StatedPeriod> PeriodBefore(const Sentence& sentence, size_t at, int year) {
  const Chars chars = Chars(sentence.text().chars).substr(0, sentence.range().end);
  std::optional<StatedPeriod> last;
  std::optional<StatedPeriod> outside;  // of the brackets
  for (size_t i = sentence.range().begin; i < at;) {
    if (chars[i] == U'(') outside = last;
    if (chars[i] == U')') last = outside;
    if (last && last->last_year && LeavesLastYear(chars, last->range.end, i)) last.reset();
    const std::optional<Reading> reading = ReadPeriod(chars, i, year);
    if (!reading || reading->end > at) {
      ++i;
      continue;
    }
    const Chars before = chars.substr(0, i);
    const bool up_to = before.ends_with(U"截至") || before.ends_with(U"截止") || before.ends_with(U"至");
    const bool counts = !IsReference(chars, i) && !IsOfDocument(chars.substr(reading->end));
    if (counts) last = StatedPeriod{ToPeriod(*reading, up_to, year), {i, reading->end}, reading->last_year};
    i = reading->end;
  }
  return last;
}

std::optional<StatedPeriod> PeriodOf(const Sentence& sentence, size_t index, int year) {
  return PeriodBefore(sentence, sentence.quantities()[index].range.begin, year);
}

}  // namespace zhenhui::reporting::checker
