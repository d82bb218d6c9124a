#include "services/reporting/domain/gini.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <numeric>

#include "services/reporting/domain/big_natural.h"

namespace zhenhui::reporting {
namespace gini_internal {
namespace {

constexpr int kUnits = 10'000;

// 2i - n - 1 for the figure at `index` from 0.
Int128 Weight(size_t index, size_t count) {
  return 2 * static_cast<Int128>(index) + 1 - static_cast<Int128>(count);
}

int Bits(Uint128 value) {
  const uint64_t high = static_cast<uint64_t>(value >> 64);
  return high != 0 ? 128 - std::countl_zero(high) : 64 - std::countl_zero(static_cast<uint64_t>(value));
}

}  // namespace

std::optional<int> ByCommonDenominator(std::span<const Rational> ascending) {
  Int128 common = ascending.front().denominator();
  for (const Rational& figure : ascending) {
    if (figure.denominator() == common) continue;
    Int128 a = common;
    for (Int128 b = figure.denominator(); b != 0;) {
      const Int128 rest = a % b;
      a = b;
      b = rest;
    }
    if (__builtin_mul_overflow(common, figure.denominator() / a, &common)) return std::nullopt;
  }
  Int128 weighted = 0;
  Int128 sum = 0;
  for (size_t i = 0; i < ascending.size(); ++i) {
    Int128 figure = 0;
    Int128 term = 0;
    const Int128 denominator = ascending[i].denominator();
    const Int128 times = denominator == common ? 1 : common / denominator;
    if (__builtin_mul_overflow(ascending[i].numerator(), times, &figure) ||
        __builtin_mul_overflow(figure, Weight(i, ascending.size()), &term) ||
        __builtin_add_overflow(weighted, term, &weighted) || __builtin_add_overflow(sum, figure, &sum)) {
      return std::nullopt;
    }
  }
  Int128 total = 0;
  Int128 doubled = 0;
  if (__builtin_mul_overflow(sum, static_cast<Int128>(2 * ascending.size()), &total) ||
      __builtin_mul_overflow(weighted, Int128{2 * kUnits}, &doubled) ||
      __builtin_add_overflow(doubled, total / 2, &doubled)) {
    return std::nullopt;
  }
  return static_cast<int>(doubled / total);
}

std::optional<int> ByBounds(std::span<const Rational> ascending) {
  const size_t n = ascending.size();
  int bits = 0;
  for (const Rational& figure : ascending) {
    bits = std::max(bits, Bits(static_cast<Uint128>(figure.numerator())));
  }
  // Room for the weights (n each), their sum (n again) and the rounding (2 * 10^4 < 2^15, and one addition).
  const int shift = 126 - 16 - 2 * std::bit_width(n) - bits;
  if (shift < 0) return std::nullopt;
  Int128 weighted_low = 0;
  Int128 weighted_high = 0;
  Int128 sum_low = 0;
  for (size_t i = 0; i < n; ++i) {
    const Int128 low = (ascending[i].numerator() << shift) / ascending[i].denominator();
    const Int128 weight = Weight(i, n);
    weighted_low += weight * (weight < 0 ? low + 1 : low);
    weighted_high += weight * (weight < 0 ? low : low + 1);
    sum_low += low;
  }
  if (sum_low == 0) return std::nullopt;
  const Int128 count = static_cast<Int128>(n);
  const Int128 total_low = count * sum_low;
  const Int128 total_high = count * (sum_low + count);
  const Int128 low = (2 * kUnits * std::max<Int128>(weighted_low, 0) + total_high) / (2 * total_high);
  const Int128 high = (2 * kUnits * weighted_high + total_low) / (2 * total_low);
  if (low != high) return std::nullopt;
  return static_cast<int>(low);
}

int ByBigNumbers(std::span<const Rational> ascending) {
  const size_t n = ascending.size();
  BigNatural above, below,
      sum;  // over the denominator of all so far: terms of weights above and below 0, and figures
  BigNatural denominator(1);
  for (size_t i = 0; i < n; ++i) {
    const BigNatural own(static_cast<Uint128>(ascending[i].denominator()));
    const BigNatural figure = BigNatural(static_cast<Uint128>(ascending[i].numerator())) * denominator;
    const Int128 weight = Weight(i, n);
    const BigNatural term = figure * BigNatural(static_cast<Uint128>(weight < 0 ? -weight : weight));
    above = above * own + (weight > 0 ? term : BigNatural());
    below = below * own + (weight < 0 ? term : BigNatural());
    sum = sum * own + figure;
    denominator = denominator * own;
  }
  const BigNatural doubled = (above - below) * BigNatural(2 * kUnits);
  const BigNatural total = sum * BigNatural(n);
  // The greatest g with 2 g total <= 2 * 10^4 weighted + total.
  int low = 0;
  for (int high = kUnits + 1; high - low > 1;) {
    const int middle = std::midpoint(low, high);
    const BigNatural wanted = total * BigNatural(static_cast<Uint128>(2 * middle));
    (doubled + total < wanted ? high : low) = middle;
  }
  return low;
}

}  // namespace gini_internal

std::optional<int> GiniTenThousandths(std::span<const Rational> ascending) {
  if (ascending.size() < 2 || ascending.front().numerator() < 0 || ascending.back().numerator() == 0) {
    return std::nullopt;
  }
  // Whichever answers is right. Figures that are not normalised have one denominator; for others the bounds
  // are far cheaper than a common one, and hardly ever round apart.
  const bool one_denominator = std::all_of(ascending.begin(), ascending.end(), [&](const Rational& figure) {
    return figure.denominator() == ascending.front().denominator();
  });
  if (!one_denominator) {
    if (const auto gini = gini_internal::ByBounds(ascending)) return gini;
  }
  if (const auto gini = gini_internal::ByCommonDenominator(ascending)) return gini;
  return gini_internal::ByBigNumbers(ascending);
}

}  // namespace zhenhui::reporting
