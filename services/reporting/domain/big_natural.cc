#include "services/reporting/domain/big_natural.h"

#include <algorithm>

namespace zhenhui::reporting {

BigNatural::BigNatural(Uint128 value) {
  for (; value != 0; value >>= 32) limbs_.push_back(static_cast<uint32_t>(value));
}

void BigNatural::Trim() {
  while (!limbs_.empty() && limbs_.back() == 0) limbs_.pop_back();
}

BigNatural operator+(const BigNatural& a, const BigNatural& b) {
  BigNatural sum;
  uint64_t carry = 0;
  for (size_t i = 0; i < std::max(a.limbs_.size(), b.limbs_.size()) || carry != 0; ++i) {
    if (i < a.limbs_.size()) carry += a.limbs_[i];
    if (i < b.limbs_.size()) carry += b.limbs_[i];
    sum.limbs_.push_back(static_cast<uint32_t>(carry));
    carry >>= 32;
  }
  return sum;
}

BigNatural operator-(const BigNatural& a, const BigNatural& b) {
  BigNatural difference = a;
  int64_t borrow = 0;
  for (size_t i = 0; i < a.limbs_.size(); ++i) {
    int64_t limb = static_cast<int64_t>(a.limbs_[i]) - borrow - (i < b.limbs_.size() ? b.limbs_[i] : 0);
    borrow = limb < 0 ? 1 : 0;
    difference.limbs_[i] = static_cast<uint32_t>(limb + (borrow << 32));
  }
  difference.Trim();
  return difference;
}

BigNatural operator*(const BigNatural& a, const BigNatural& b) {
  BigNatural product;
  product.limbs_.assign(a.limbs_.size() + b.limbs_.size(), 0);
  for (size_t i = 0; i < a.limbs_.size(); ++i) {
    uint64_t carry = 0;
    for (size_t j = 0; j < b.limbs_.size(); ++j) {
      carry += static_cast<uint64_t>(a.limbs_[i]) * b.limbs_[j] + product.limbs_[i + j];
      product.limbs_[i + j] = static_cast<uint32_t>(carry);
      carry >>= 32;
    }
    product.limbs_[i + b.limbs_.size()] = static_cast<uint32_t>(carry);
  }
  product.Trim();
  return product;
}

bool operator<(const BigNatural& a, const BigNatural& b) {
  if (a.limbs_.size() != b.limbs_.size()) return a.limbs_.size() < b.limbs_.size();
  return std::lexicographical_compare(a.limbs_.rbegin(), a.limbs_.rend(), b.limbs_.rbegin(), b.limbs_.rend());
}

}  // namespace zhenhui::reporting
