#pragma once
#include "services/reporting/domain/int128.h"

namespace zhenhui::reporting {

// An exact fraction. The denominator is above 0. What does not fit 128 bits even in lowest terms becomes
// "overflown" and stays so through all arithmetic; figures up to 10^12 over bases up to 10^10 never get
// there.
class Rational {
 public:
  Rational() = default;
  Rational(Int128 numerator, Int128 denominator);  // denominator > 0

  Int128 numerator() const { return numerator_; }
  Int128 denominator() const { return denominator_; }
  bool overflown() const { return denominator_ == 0; }

  Rational operator+(const Rational& other) const;
  Rational operator-(const Rational& other) const;
  Rational operator*(const Rational& other) const;
  Rational operator/(const Rational& other) const;  // by what is above 0

  // In lowest terms.
  Rational Reduced() const;

  // -1, 0 or 1. Exact for all that are not overflown.
  int Compare(const Rational& other) const;
  friend bool operator==(const Rational& a, const Rational& b) { return a.Compare(b) == 0; }
  friend bool operator<(const Rational& a, const Rational& b) { return a.Compare(b) < 0; }

 private:
  static Rational Overflow();

  Int128 numerator_ = 0;
  Int128 denominator_ = 1;
};

}  // namespace zhenhui::reporting
