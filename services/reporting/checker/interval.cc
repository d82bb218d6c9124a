#include "services/reporting/checker/interval.h"

#include "services/reporting/domain/decimal.h"

namespace zhenhui::reporting::checker {

bool Interval::Below(const Rational& value) const {
  if (!low) return false;
  const int order = value.Compare(*low);
  return order < 0 || (order == 0 && !low_inclusive);
}

bool Interval::Over(const Rational& value) const {
  if (!high) return false;
  const int order = value.Compare(*high);
  return order > 0 || (order == 0 && !high_inclusive);
}

std::string PrintRational(const Rational& value) {
  if (value.overflown()) return "?";
  const Rational lowest = value.Reduced();
  Int128 scale = 1;
  for (int places = 0; places <= 6; ++places, scale *= 10) {
    if (scale % lowest.denominator() == 0) {
      return FormatQuotient(lowest.numerator(), lowest.denominator(), places);
    }
  }
  return "≈" + FormatQuotient(lowest.numerator(), lowest.denominator(), 2);
}

std::string PrintInterval(const Interval& interval) {
  if (interval.IsPoint()) return PrintRational(*interval.low);
  if (!interval.low && !interval.high) return "-";
  if (!interval.high) return (interval.low_inclusive ? "≥ " : "> ") + PrintRational(*interval.low);
  if (!interval.low) return (interval.high_inclusive ? "≤ " : "< ") + PrintRational(*interval.high);
  return (interval.low_inclusive ? "[" : "(") + PrintRational(*interval.low) + ", " +
         PrintRational(*interval.high) + (interval.high_inclusive ? "]" : ")");
}

}  // namespace zhenhui::reporting::checker
