#pragma once
#include "absl/status/status.h"
#include "services/reporting/domain/decimal.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/rational.h"

// Figures in printed units, and their change against last year: the one rule of comparisons and rollups.
namespace zhenhui::reporting {

// Rounds to two places; remembers whether a quotient was too large to be exact. Not thread-safe.
class Rounder {
 public:
  Decimal operator()(const Rational& value) {
    constexpr Int128 kMaxDenominator = static_cast<Int128>(1'000'000'000'000'000) * 1'000'000'000'000'000;
    if (!value.overflown() && value.denominator() <= kMaxDenominator) {
      return Decimal::Quotient(value.numerator(), value.denominator(), kPlaces);
    }
    const Rational reduced = value.overflown() ? value : value.Reduced();
    if (reduced.overflown() || reduced.denominator() > kMaxDenominator) {
      too_large_ = true;
      return Decimal();
    }
    return Decimal::Quotient(reduced.numerator(), reduced.denominator(), kPlaces);
  }
  // OUT_OF_RANGE, FIGURE_TOO_LARGE, if one of the quotients was.
  absl::Status StatusFor(const MetricPlan& plan) const {
    return too_large_ ? TooLarge(plan) : absl::OkStatus();
  }

 private:
  static constexpr int kPlaces = 2;
  static absl::Status TooLarge(const MetricPlan& plan);

  bool too_large_ = false;
};

// The figure in printed units, before it is normalised.
inline Rational Printed(const MetricPlan& plan, const Figure& figure) {
  return {static_cast<Int128>(figure.value) * plan.printed_scale,
          plan.is_ratio() ? static_cast<Int128>(figure.denominator) * plan.printed_divisor
                          : plan.printed_divisor};
}

// How `now` changed against `before` in per cent; of a ratio in per cent, the percentage points. Empty when
// either is no value or `before` is 0.
Decimal ChangePercent(const MetricPlan& plan, const Figure& now, const Figure& before, Rounder& round);

}  // namespace zhenhui::reporting
