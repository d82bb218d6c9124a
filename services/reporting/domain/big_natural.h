#pragma once
#include <cstdint>
#include <vector>

#include "services/reporting/domain/int128.h"

namespace zhenhui::reporting {

// A whole number from 0 up without a limit; just what an exact Gini coefficient over many bases needs.
class BigNatural {
 public:
  BigNatural() = default;  // 0
  explicit BigNatural(Uint128 value);

  friend BigNatural operator+(const BigNatural& a, const BigNatural& b);
  friend BigNatural operator-(const BigNatural& a, const BigNatural& b);  // a >= b
  friend BigNatural operator*(const BigNatural& a, const BigNatural& b);
  friend bool operator<(const BigNatural& a, const BigNatural& b);
  friend bool operator==(const BigNatural&, const BigNatural&) = default;

 private:
  void Trim();

  std::vector<uint32_t> limbs_;  // lowest first, the highest is not 0
};

}  // namespace zhenhui::reporting
