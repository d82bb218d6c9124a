#include "services/reporting/domain/oversight/percent.h"

#include "absl/strings/str_format.h"

namespace zhenhui::reporting {

std::string PercentText(Int128 part, Int128 whole) {
  const Int128 hundredths = (part * 20'000 + whole) / (2 * whole);
  // As two numbers: what 128 bits hold may not fit 64.
  constexpr Int128 kHalf = 1'000'000'000'000'000'000;
  const auto high = static_cast<int64_t>(hundredths / 100 / kHalf);
  const auto low = static_cast<int64_t>(hundredths / 100 % kHalf);
  const auto cents = static_cast<int64_t>(hundredths % 100);
  if (high > 0) return absl::StrFormat("%d%018d.%02d", high, low, cents);
  return absl::StrFormat("%d.%02d", low, cents);
}

}  // namespace zhenhui::reporting
