#pragma once
#include <optional>
#include <string>

#include "services/reporting/domain/rational.h"

namespace zhenhui::reporting::checker {

// The values that a figure in prose allows: from `low` to `high`, exact fractions in the printed unit of its
// metric (yuan, per cent). A missing end is unbounded.
//   40余  -> (40, 50)      约100 -> [90, 110]     近50 -> [45, 50)     超30 -> (30, oo)     12 -> [12, 12]
struct Interval {
  std::optional<Rational> low;
  std::optional<Rational> high;
  bool low_inclusive = true;
  bool high_inclusive = true;

  static Interval Exactly(const Rational& value) { return {value, value, true, true}; }
  static Interval Above(const Rational& value) { return {value, std::nullopt, false, true}; }
  static Interval AtLeast(const Rational& value) { return {value, std::nullopt, true, true}; }
  static Interval AtMost(const Rational& value) { return {std::nullopt, value, true, true}; }

  bool Contains(const Rational& value) const { return !Below(value) && !Over(value); }
  // Whether `value` lies under the interval: then the text claims more than is recorded.
  bool Below(const Rational& value) const;
  // Whether `value` lies over the interval: then the text claims less.
  bool Over(const Rational& value) const;
  // Whether it is one single value.
  bool IsPoint() const { return low && high && *low == *high; }
};

// "12", "95.6", "1/3": a whole number or an exact decimal of up to 6 places where there is one, else two
// places after "≈".
std::string PrintRational(const Rational& value);

// "12", "(40, 50)", "≥ 3", "< 50".
std::string PrintInterval(const Interval& interval);

}  // namespace zhenhui::reporting::checker
