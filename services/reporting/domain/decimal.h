#pragma once
#include <cstddef>
#include <cstdint>
#include <string>

#include "services/reporting/domain/int128.h"

namespace zhenhui::reporting {

// An exact quotient, rounded once: what is printed. Kept as a number, because a comparison makes a hundred of
// them and most become text only inside the answer's bytes. Empty where there is nothing to print.
class Decimal {
 public:
  // Room for the longest text: 39 digits, a sign, a point and 6 places.
  static constexpr size_t kLongest = 48;

  Decimal() = default;
  // numerator / denominator with exactly `places` places (0 to 6), rounded half up by magnitude (2.5 to 3,
  // -2.5 to -3), never "-0". Exact: no floating point. `denominator` is 1 to 10^30.
  static Decimal Quotient(Int128 numerator, Int128 denominator, int places);

  bool empty() const { return places_ < 0; }
  // "43", "-1234.50"; "" if empty.
  std::string Text() const;
  // Writes the text so that it ends at `end`, with at least kLongest bytes before it; returns where it
  // begins.
  char* WriteBefore(char* end) const;

 private:
  Uint128 whole_ = 0;
  uint32_t fraction_ = 0;  // in units of the last place
  int8_t places_ = -1;
  bool negative_ = false;
};

// Quotient(...).Text().
std::string FormatQuotient(Int128 numerator, Int128 denominator, int places);

}  // namespace zhenhui::reporting
