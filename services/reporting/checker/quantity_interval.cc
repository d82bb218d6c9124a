#include "services/reporting/checker/quantity.h"

namespace zhenhui::reporting::checker {

Interval IntervalOf(const Quantity& quantity, const std::optional<Rational>& high) {
  const Rational& n = quantity.value;
  const Rational tenth = n * Rational(1, 10);
  switch (quantity.form) {
    case NumberForm::kMore:
      return {n, n + quantity.unit, false, false};
    case NumberForm::kNear:
      return {n - tenth, n, true, false};
    case NumberForm::kAbout:
      return {n - tenth, n + tenth, true, true};
    case NumberForm::kOver:
      return Interval::Above(n);
    case NumberForm::kAtLeast:
      return Interval::AtLeast(n);
    case NumberForm::kAtMost:
      return Interval::AtMost(n);
    case NumberForm::kRange:
      return {n, high, true, true};
    default:
      return Interval::Exactly(n);
  }
}

}  // namespace zhenhui::reporting::checker
