#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"
#include "common/time/clock.h"

namespace zhenhui::gateway::session {

struct Rate {
  int per_second = 50;  // 0 or less: no limit
  int burst = 200;      // at once, at least 1
};

// A token bucket for each key, kept as one moment: when the bucket will be full again. So nothing has to be
// refilled. Thread-safe.
class RateLimiter {
 public:
  // `clock` outlives it. With more than `max_keys` keys those are forgotten whose buckets are full again.
  RateLimiter(const Clock& clock, Rate rate, std::size_t max_keys = 100'000);
  // As above, for what is rarer than once a second.
  RateLimiter(const Clock& clock, absl::Duration interval, int burst, std::size_t max_keys = 100'000);

  // Zero: go on. Else the time after which the next one may pass; a refused one costs nothing.
  absl::Duration Take(std::string_view key);

 private:
  const Clock& clock_;
  const absl::Duration interval_;
  const absl::Duration capacity_;
  const std::size_t max_keys_;
  std::mutex mu_;
  absl::flat_hash_map<std::string, absl::Time> full_at_;  // guarded by mu_
};

}  // namespace zhenhui::gateway::session
