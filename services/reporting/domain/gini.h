#pragma once
#include <optional>
#include <span>

#include "services/reporting/domain/rational.h"

namespace zhenhui::reporting {

// Evenness of figures as a Gini coefficient in ten thousandths: 0 (all the same) to 9999 (one has all of it).
// Exact, rounded half up. Nothing for fewer than two figures, if all are 0, or if one is below 0.
//   G = sum over i of (2i - n - 1) * x_i / (n * sum of x_i),  x_1 <= ... <= x_n
// `ascending`: sorted, none overflown.
std::optional<int> GiniTenThousandths(std::span<const Rational> ascending);

// The three ways to the same number; seen by tests only.
namespace gini_internal {
// Over a common denominator; nothing if 128 bits do not hold it.
std::optional<int> ByCommonDenominator(std::span<const Rational> ascending);
// Between bounds in fixed point; nothing if the bounds round apart.
std::optional<int> ByBounds(std::span<const Rational> ascending);
// In numbers without a limit.
int ByBigNumbers(std::span<const Rational> ascending);
}  // namespace gini_internal

}  // namespace zhenhui::reporting
