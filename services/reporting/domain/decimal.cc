#include "services/reporting/domain/decimal.h"

namespace zhenhui::reporting {
namespace {

constexpr uint64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};
// The largest magnitudes, by places, that still fit 64 bits doubled, with their places and half a unit added.
constexpr uint64_t kMaxQuarter = UINT64_MAX / 4;
constexpr uint64_t kSmall[] = {
    kMaxQuarter,          kMaxQuarter / 10,      kMaxQuarter / 100,      kMaxQuarter / 1'000,
    kMaxQuarter / 10'000, kMaxQuarter / 100'000, kMaxQuarter / 1'000'000};

// At least `width` digits, ending at `at`; returns where they begin.
char* DigitsBefore(char* at, uint64_t value, int width) {
  for (; value != 0 || width > 0; value /= 10, --width) *--at = static_cast<char>('0' + value % 10);
  return at;
}

char* DigitsBefore(char* at, Uint128 value) {
  for (; value > UINT64_MAX; value /= 10) *--at = static_cast<char>('0' + static_cast<int>(value % 10));
  return DigitsBefore(at, static_cast<uint64_t>(value), 1);
}

}  // namespace

Decimal Decimal::Quotient(Int128 numerator, Int128 denominator, int places) {
  const Uint128 magnitude =
      numerator < 0 ? -static_cast<Uint128>(numerator) : static_cast<Uint128>(numerator);
  const uint64_t power = kPowers[places];
  Decimal result;
  // Nearly every figure: one division does, and one of 64 bits, which is several times faster.
  if (magnitude <= kSmall[places] && denominator <= static_cast<Int128>(kMaxQuarter)) {
    const auto below = static_cast<uint64_t>(denominator);
    const uint64_t units = (2 * static_cast<uint64_t>(magnitude) * power + below) / (2 * below);
    result.whole_ = units / power;
    result.fraction_ = static_cast<uint32_t>(units % power);
  } else {
    const auto below = static_cast<Uint128>(denominator);
    result.whole_ = magnitude / below;
    // 2 * rest * power cannot overflow: the rest is less than the denominator.
    const Uint128 fraction = (2 * (magnitude % below) * power + below) / (2 * below);
    if (fraction == power) ++result.whole_;
    result.fraction_ = fraction == power ? 0 : static_cast<uint32_t>(fraction);
  }
  result.places_ = static_cast<int8_t>(places);
  result.negative_ = numerator < 0 && (result.whole_ != 0 || result.fraction_ != 0);
  return result;
}

char* Decimal::WriteBefore(char* end) const {
  if (empty()) return end;
  char* at = end;
  if (places_ > 0) {
    at = DigitsBefore(at, static_cast<uint64_t>(fraction_), places_);
    *--at = '.';
  }
  at = DigitsBefore(at, whole_);
  if (negative_) *--at = '-';
  return at;
}

std::string Decimal::Text() const {
  char buffer[kLongest];
  char* const end = buffer + sizeof(buffer);
  return std::string(WriteBefore(end), end);
}

std::string FormatQuotient(Int128 numerator, Int128 denominator, int places) {
  return Decimal::Quotient(numerator, denominator, places).Text();
}

}  // namespace zhenhui::reporting
