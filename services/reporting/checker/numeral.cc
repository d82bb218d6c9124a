#include "services/reporting/checker/numeral.h"

#include <string>

namespace zhenhui::reporting::checker {
namespace {

constexpr size_t kMostDigits = 12;
constexpr std::u32string_view kHanDigits = U"〇一二三四五六七八九";

// "," and exactly three digits.
bool IsThousands(std::u32string_view chars, size_t at) {
  return CharAt(chars, at) == U',' && IsDigit(CharAt(chars, at + 1)) && IsDigit(CharAt(chars, at + 2)) &&
         IsDigit(CharAt(chars, at + 3)) && !IsDigit(CharAt(chars, at + 4));
}

Int128 PowerOfTen(size_t exponent) {
  Int128 power = 1;
  for (size_t i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Multipliers after digits: 1.2万, 3百, 5千万. 十 and 百 only where digits are few, as people write.
size_t ReadMultipliers(std::u32string_view chars, size_t at, Int128& factor) {
  while (Multiplier(CharAt(chars, at)) != 0 && factor < PowerOfTen(12)) {
    factor *= Multiplier(chars[at]);
    ++at;
  }
  return at;
}

std::optional<Numeral> ParseArabic(std::u32string_view chars, size_t at) {
  Int128 digits = 0;
  size_t count = 0;
  size_t places = 0;
  size_t end = at;
  const auto take = [&](size_t from) {
    for (end = from; IsDigit(CharAt(chars, end)) && count <= kMostDigits; ++end, ++count) {
      digits = digits * 10 + static_cast<Int128>(chars[end] - U'0');
    }
  };
  take(at);
  if (count <= 3) {
    while (IsThousands(chars, end) && count <= kMostDigits) take(end + 1);
  }
  if (CharAt(chars, end) == U'.' && IsDigit(CharAt(chars, end + 1))) {
    const size_t before = count;
    take(end + 1);
    places = count - before;
  }
  if (count > kMostDigits) return std::nullopt;
  Int128 factor = 1;
  end = ReadMultipliers(chars, end, factor);
  const Int128 scale = PowerOfTen(places);
  Numeral numeral;
  numeral.range = {at, end};
  numeral.value = Rational(digits * factor, scale).Reduced();
  numeral.written = Rational(factor, scale).Reduced();
  const Int128 last = digits == 0 ? 1 : LastNonZeroPlace(digits);
  numeral.unit = Rational(last * factor, scale).Reduced();
  return numeral;
}

// 二〇二四: digits one after the other, at least two of them with a 〇 or at least four.
std::optional<Numeral> ParseDigitByDigit(std::u32string_view chars, size_t at) {
  Int128 value = 0;
  bool zero = false;
  size_t end = at;
  for (; HanDigit(CharAt(chars, end)) >= 0 && chars[end] != U'两' && chars[end] != U'零' &&
         end - at < kMostDigits;
       ++end) {
    zero = zero || chars[end] == U'〇';
    value = value * 10 + HanDigit(chars[end]);
  }
  if (end - at < (zero ? 2U : 4U)) return std::nullopt;
  Numeral numeral;
  numeral.range = {at, end};
  numeral.value = Rational(value, 1);
  numeral.unit = Rational(1, 1);
  numeral.written = Rational(1, 1);
  numeral.han = true;
  return numeral;
}

// 十几, 几十, 数百, 上千; 三五, 七八十.
std::optional<Numeral> ParseVague(std::u32string_view chars, size_t at) {
  const char32_t first = CharAt(chars, at);
  const char32_t second = CharAt(chars, at + 1);
  Numeral numeral;
  numeral.han = true;
  numeral.unit = numeral.written = Rational(1, 1);
  if (first == U'十' && second == U'几') {
    numeral.range = {at, at + 2};
    numeral.value = Rational(11, 1);
    numeral.high = Rational(19, 1);
    return numeral;
  }
  if ((first == U'几' || first == U'数' || first == U'上') && Multiplier(second) >= 10) {
    Int128 factor = 1;
    numeral.range = {at, ReadMultipliers(chars, at + 1, factor)};
    numeral.open = first == U'上';
    numeral.value = Rational(numeral.open ? factor : 2 * factor, 1);
    if (!numeral.open) numeral.high = Rational(10 * factor - 1, 1);
    return numeral;
  }
  const int low = HanDigit(first);
  const int high = HanDigit(second);
  if (low < 1 || high <= low || high - low > 2 || HanDigit(CharAt(chars, at + 2)) >= 0) return std::nullopt;
  Int128 factor = 1;
  numeral.range = {at, ReadMultipliers(chars, at + 2, factor)};
  numeral.value = Rational(low * factor, 1);
  numeral.high = Rational(high * factor, 1);
  return numeral;
}

// Reads 千 百 十 and ones below a myriad: 三千五百二十, 一百零二, 十二, 百. 0 length if there is none.
struct Section {
  Int128 value = 0;
  Int128 last = 1;  // place of the last digit written
  size_t end = 0;
};

Section ReadSection(std::u32string_view chars, size_t at) {
  Section section{.end = at};
  Int128 place = 10'000;
  while (true) {
    size_t next = section.end;
    if (section.end > at && CharAt(chars, next) == U'零') ++next;
    const int digit = HanDigit(CharAt(chars, next));
    const size_t after = digit > 0 ? next + 1 : next;
    const int64_t factor = Multiplier(CharAt(chars, after));
    const bool bare = digit < 0;  // 十二, 百余: the one is not written, and only the first may lack it
    if (factor >= 10 && factor < place && factor <= 1000 && (!bare || (section.end == at && next == at))) {
      section.value += (bare ? 1 : digit) * factor;
      section.last = place = factor;
      section.end = after + 1;
      continue;
    }
    if (digit > 0 && place > 1) {
      // 两千五: the five is hundreds, one below the last place, unless a 零 stands between.
      const bool short_form = place >= 100 && place <= 1000 && next == section.end;
      section.last = short_form ? place / 10 : 1;
      section.value += digit * section.last;
      section.end = after;
    }
    return section;
  }
}

std::optional<Numeral> ParseHan(std::u32string_view chars, size_t at) {
  Int128 total = 0;
  Int128 last = 1;
  Int128 limit = PowerOfTen(13);
  size_t end = at;
  while (true) {
    const size_t start = end > at && CharAt(chars, end) == U'零' ? end + 1 : end;
    const Section section = ReadSection(chars, start);
    const char32_t myriad = CharAt(chars, section.end);
    const int64_t factor = myriad == U'万' || myriad == U'亿' ? Multiplier(myriad) : 1;
    const bool bare = section.end == start;
    if ((bare && (factor == 1 || end > at)) || factor >= limit) break;
    // 两万五: the five is thousands, one place below the 万, unless a 零 stands between.
    const bool short_form = end > at && start == end && section.end == start + 1 && section.value < 10;
    const Int128 place = short_form ? limit / 10 : factor;
    total += (bare ? 1 : section.value) * place;
    last = (bare ? 1 : section.last) * place;
    end = section.end + (factor == 1 ? 0 : 1);
    if (factor == 1) break;
    limit = factor;
  }
  if (end == at) return std::nullopt;
  Numeral numeral;
  numeral.range = {at, end};
  numeral.value = Rational(total, 1);
  numeral.unit = Rational(last, 1);
  numeral.written = Rational(1, 1);
  numeral.han = true;
  return numeral;
}

}  // namespace

int HanDigit(char32_t c) {
  if (c == U'两') return 2;
  if (c == U'零') return 0;
  const size_t found = kHanDigits.find(c);
  return found == std::u32string_view::npos ? -1 : static_cast<int>(found);
}

int64_t Multiplier(char32_t c) {
  switch (c) {
    case U'十':
      return 10;
    case U'百':
      return 100;
    case U'千':
      return 1000;
    case U'万':
      return 10'000;
    case U'亿':
      return 100'000'000;
    default:
      return 0;
  }
}

Int128 LastNonZeroPlace(Int128 value) {
  Int128 place = 1;
  for (; value > 0 && value % 10 == 0; value /= 10) place *= 10;
  return place;
}

std::optional<Numeral> ParseNumeral(std::u32string_view chars, size_t at) {
  if (IsDigit(CharAt(chars, at))) return ParseArabic(chars, at);
  if (std::optional<Numeral> vague = ParseVague(chars, at)) return vague;
  if (std::optional<Numeral> digits = ParseDigitByDigit(chars, at)) return digits;
  return ParseHan(chars, at);
}

}  // namespace zhenhui::reporting::checker
