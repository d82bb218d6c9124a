#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace zhenhui::samples {

// SplitMix64 with integer draws only. The standard library's distributions differ from one library to the
// next, and a sample must be the same bytes everywhere.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  uint64_t Next() {
    uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }

  // From 0 to n - 1; n > 0. The bias of the remainder is below 2^-40 for the small n used here.
  uint64_t Below(uint64_t n) { return Next() % n; }

  // From low to high, both inclusive.
  int64_t Between(int64_t low, int64_t high) {
    return low + static_cast<int64_t>(Below(static_cast<uint64_t>(high - low + 1)));
  }

  bool Percent(int percent) { return Below(100) < static_cast<uint64_t>(percent); }

  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[Below(from.size())];
  }

 private:
  uint64_t state_;
};

// A seed of its own for each part of the sample, so that a change in one part leaves the others as they are.
inline uint64_t SeedOf(std::string_view name, uint64_t number = 0) {
  uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash ^ (number * 0x9e3779b97f4a7c15ULL);
}

// Splits `total` into `parts` whole numbers of at least `least` whose sum is exactly `total`.
// Needs total >= parts * least and parts > 0.
inline std::vector<int64_t> Split(int64_t total, int parts, int64_t least, Random& random) {
  std::vector<int64_t> weights(parts);
  int64_t weight_sum = 0;
  for (int64_t& weight : weights) weight_sum += (weight = random.Between(60, 140));
  const int64_t free = total - parts * least;
  std::vector<int64_t> shares(parts, least);
  int64_t left = free;
  for (int i = 0; i < parts; ++i) {
    const int64_t share = free * weights[i] / weight_sum;
    shares[i] += share;
    left -= share;
  }
  for (; left > 0; --left) ++shares[random.Below(parts)];
  return shares;
}

}  // namespace zhenhui::samples
