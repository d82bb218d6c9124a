#include "services/reporting/domain/change.h"

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::reporting {

absl::Status Rounder::TooLarge(const MetricPlan& plan) {
  return Error(absl::StatusCode::kOutOfRange, "FIGURE_TOO_LARGE",
               absl::StrCat("the figures of ", plan.name,
                            " are too large to be compared exactly; shorten the period"));
}

Decimal ChangePercent(const MetricPlan& plan, const Figure& now, const Figure& before, Rounder& round) {
  if (!now.has_value() || !before.has_value() || before.value == 0) return Decimal();
  if (plan.is_ratio() && plan.printed_scale == 100) return round(Printed(plan, now) - Printed(plan, before));
  // Against the size of last year's figure, so that a rise is a rise even from below 0.
  const Rational base(before.value < 0 ? -static_cast<Int128>(before.value) : before.value,
                      plan.is_ratio() ? before.denominator : 1);
  const Rational rise = Rational(now.value, plan.is_ratio() ? now.denominator : 1) -
                        Rational(before.value, plan.is_ratio() ? before.denominator : 1);
  return round(rise / base * Rational(100, 1));
}

}  // namespace zhenhui::reporting
