#include "services/reporting/domain/rational.h"

#include <cstdint>
#include <utility>

namespace zhenhui::reporting {
namespace {

Int128 Gcd(Int128 a, Int128 b) {
  if (a < 0) a = -a;
  while (b != 0) a = std::exchange(b, a % b);
  return a;
}

bool Fits64(Int128 a) { return a == static_cast<int64_t>(a); }

// False if it does not fit.
bool Multiply(Int128 a, Int128 b, Int128& result) {
  // Nearly always; it spares the long multiplication with its checks.
  if (Fits64(a) && Fits64(b)) {
    result = static_cast<Int128>(static_cast<int64_t>(a)) * static_cast<int64_t>(b);
    return true;
  }
  return !__builtin_mul_overflow(a, b, &result);
}

// a + sign * b; false if it does not fit.
bool AddFractions(const Rational& a, const Rational& b, int sign, Int128& numerator, Int128& denominator) {
  if (a.denominator() == b.denominator()) {
    denominator = a.denominator();
    return sign > 0 ? !__builtin_add_overflow(a.numerator(), b.numerator(), &numerator)
                    : !__builtin_sub_overflow(a.numerator(), b.numerator(), &numerator);
  }
  Int128 left = 0;
  Int128 right = 0;
  if (!Multiply(a.numerator(), b.denominator(), left) || !Multiply(b.numerator(), a.denominator(), right) ||
      !Multiply(a.denominator(), b.denominator(), denominator)) {
    return false;
  }
  return sign > 0 ? !__builtin_add_overflow(left, right, &numerator)
                  : !__builtin_sub_overflow(left, right, &numerator);
}

bool MultiplyFractions(const Rational& a, const Rational& b, Int128& numerator, Int128& denominator) {
  return Multiply(a.numerator(), b.numerator(), numerator) &&
         Multiply(a.denominator(), b.denominator(), denominator);
}

// Rounds towards minus infinity; b > 0.
Int128 FloorDivide(Int128 a, Int128 b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

Rational::Rational(Int128 numerator, Int128 denominator) : numerator_(numerator), denominator_(denominator) {}

Rational Rational::Overflow() {
  Rational overflown;
  overflown.denominator_ = 0;
  return overflown;
}

Rational Rational::Reduced() const {
  const Int128 gcd = Gcd(numerator_, denominator_);
  return gcd == 0 ? *this : Rational(numerator_ / gcd, denominator_ / gcd);
}

Rational Rational::operator+(const Rational& other) const {
  Int128 n = 0;
  Int128 d = 1;
  if (overflown() || other.overflown()) return Overflow();
  if (AddFractions(*this, other, 1, n, d) || AddFractions(Reduced(), other.Reduced(), 1, n, d)) return {n, d};
  return Overflow();
}

Rational Rational::operator-(const Rational& other) const {
  Int128 n = 0;
  Int128 d = 1;
  if (overflown() || other.overflown()) return Overflow();
  if (AddFractions(*this, other, -1, n, d) || AddFractions(Reduced(), other.Reduced(), -1, n, d))
    return {n, d};
  return Overflow();
}

Rational Rational::operator*(const Rational& other) const {
  Int128 n = 0;
  Int128 d = 1;
  if (overflown() || other.overflown()) return Overflow();
  if (MultiplyFractions(*this, other, n, d)) return {n, d};
  // Across the two, so that nothing is left that could be taken out before multiplying.
  const Rational left = Rational(numerator_, other.denominator_).Reduced();
  const Rational right = Rational(other.numerator_, denominator_).Reduced();
  if (MultiplyFractions(left, right, n, d)) return {n, d};
  return Overflow();
}

Rational Rational::operator/(const Rational& other) const {
  if (overflown() || other.overflown() || other.numerator_ <= 0) return Overflow();
  return *this * Rational(other.denominator_, other.numerator_);
}

int Rational::Compare(const Rational& other) const {
  Int128 a = numerator_;
  Int128 b = denominator_;
  Int128 c = other.numerator_;
  Int128 d = other.denominator_;
  if (b == d) return a < c ? -1 : a > c ? 1 : 0;
  Int128 left = 0;
  Int128 right = 0;
  if (Multiply(a, d, left) && Multiply(c, b, right)) return left < right ? -1 : left > right ? 1 : 0;
  // By continued fractions: whole parts first, then the rests upside down with the order turned round.
  for (int sign = 1;; sign = -sign) {
    const Int128 whole_left = FloorDivide(a, b);
    const Int128 whole_right = FloorDivide(c, d);
    if (whole_left != whole_right) return whole_left < whole_right ? -sign : sign;
    a -= whole_left * b;
    c -= whole_right * d;
    if (a == 0 || c == 0) return a == c ? 0 : a == 0 ? -sign : sign;
    std::swap(a, b);
    std::swap(c, d);
  }
}

}  // namespace zhenhui::reporting
