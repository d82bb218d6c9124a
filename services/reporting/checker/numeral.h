#pragma once
#include <optional>
#include <string_view>

#include "services/reporting/checker/text.h"
#include "services/reporting/domain/rational.h"

// Numbers as they are written, without what stands round them (quantity.h has 余, 约 and measure words).
//
//   numeral   = arabic | han | vague ;
//   arabic    = digits { "," digit digit digit } [ "." digits ] { multiplier } ;    1,234  4160  1.2万  3.5亿
//   han       = section { "万" section | "亿" section } ;      一百零二  两万  三千五百  百 (百余)  二〇二四
//   section   = [ digit "千" ] [ digit "百" ] [ [ digit ] "十" ] [ "零" ] [ digit ] ;
//   vague     = ("十" "几") | ("几"|"数"|"上") ("十"|"百"|"千"|"万") | digit digit ;  十几  数十  上百  三五
//   (三至五) multiplier = "十" | "百" | "千" | "万" | "亿" ;
namespace zhenhui::reporting::checker {

struct Numeral {
  Range range;
  Rational value;                // of a vague one: its lower end
  Rational unit;                 // place of the last non-zero digit: 4000 -> 1000, 102 -> 1, 1.2万 -> 1000
  Rational written;              // place of the last digit written: 4000 -> 1, 1.2万 -> 1000, 95.6 -> 1/10
  std::optional<Rational> high;  // of a vague one: its upper end, inclusive
  bool open = false;             // vague without an upper end: 上百
  bool han = false;
};

// The numeral that begins exactly at `at`; the longest one. Nothing if none does, or if it has over 12
// digits.
std::optional<Numeral> ParseNumeral(std::u32string_view chars, size_t at);

// 一 to 九 and 两: 1 to 9; 零 and 〇: 0; else -1.
int HanDigit(char32_t c);
// 十 百 千 万 亿: their power of ten, else 0.
int64_t Multiplier(char32_t c);

// Ten to the power of the trailing zeros of `value`, a whole number above 0: 4000 -> 1000.
Int128 LastNonZeroPlace(Int128 value);

}  // namespace zhenhui::reporting::checker
