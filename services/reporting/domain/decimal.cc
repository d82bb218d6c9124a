#include "services/reporting/domain/decimal.h"

#include <cstdint>

namespace zhenhui::reporting {
namespace {

constexpr int64_t kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};

// Writes from the back of a buffer that holds the longest 128-bit number with its sign and point.
class BackWriter {
 public:
  void Put(char c) { *--at_ = c; }
  // At least `width` digits.
  void PutDigits(Uint128 value, int width) {
    for (; value > UINT64_MAX; --width) {
      Put(static_cast<char>('0' + static_cast<int>(value % 10)));
      value /= 10;
    }
    for (uint64_t rest = static_cast<uint64_t>(value); rest != 0 || width > 0; rest /= 10, --width) {
      Put(static_cast<char>('0' + rest % 10));
    }
  }
  std::string Text() const { return std::string(at_, end_); }

 private:
  char buffer_[48];
  char* end_ = buffer_ + sizeof(buffer_);
  char* at_ = end_;
};

template <typename Unsigned>
std::string Format(bool negative, Unsigned numerator, Unsigned denominator, int places) {
  const Unsigned power = static_cast<Unsigned>(kPowers[places]);
  Unsigned whole = numerator / denominator;
  // 2 * rest * power cannot overflow: the rest is less than the denominator.
  Unsigned fraction = (2 * (numerator % denominator) * power + denominator) / (2 * denominator);
  if (fraction == power) {
    ++whole;
    fraction = 0;
  }
  BackWriter out;
  if (places > 0) {
    out.PutDigits(fraction, places);
    out.Put('.');
  }
  out.PutDigits(whole, 1);
  if (negative && (whole != 0 || fraction != 0)) out.Put('-');
  return out.Text();
}

}  // namespace

std::string FormatQuotient(Int128 numerator, Int128 denominator, int places) {
  const bool negative = numerator < 0;
  const Uint128 magnitude = negative ? -static_cast<Uint128>(numerator) : static_cast<Uint128>(numerator);
  // Nearly every figure: 64-bit division is several times faster.
  constexpr Int128 kSmall = INT64_MAX / 2'000'000;
  if (denominator <= kSmall && magnitude <= INT64_MAX) {
    return Format<uint64_t>(negative, static_cast<uint64_t>(magnitude), static_cast<uint64_t>(denominator),
                            places);
  }
  return Format<Uint128>(negative, magnitude, static_cast<Uint128>(denominator), places);
}

std::string FormatInteger(Int128 value) { return FormatQuotient(value, 1, 0); }

}  // namespace zhenhui::reporting
