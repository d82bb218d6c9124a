#include "gateway/session/rate_limiter.h"

#include <algorithm>

#include "common/status/absl_view.h"

namespace zhenhui::gateway::session {
namespace {

absl::Duration IntervalOf(Rate rate) {
  return rate.per_second > 0 ? absl::Seconds(1) / rate.per_second : absl::ZeroDuration();
}

}  // namespace

RateLimiter::RateLimiter(const Clock& clock, Rate rate, std::size_t max_keys)
    : RateLimiter(clock, IntervalOf(rate), rate.burst, max_keys) {}

RateLimiter::RateLimiter(const Clock& clock, absl::Duration interval, int burst, std::size_t max_keys)
    : clock_(clock), interval_(interval), capacity_(interval * std::max(1, burst)), max_keys_(max_keys) {}

absl::Duration RateLimiter::Take(std::string_view key) {
  if (interval_ <= absl::ZeroDuration()) return absl::ZeroDuration();
  const absl::Time now = clock_.Now();
  std::lock_guard lock(mu_);
  auto found = full_at_.find(Absl(key));
  if (found == full_at_.end()) {
    if (full_at_.size() >= max_keys_) {
      absl::erase_if(full_at_, [now](const auto& entry) { return entry.second <= now; });
    }
    found = full_at_.emplace(std::string(key), now).first;
  }
  // Not further in the past than now, and after a jump of the clock not further ahead than an empty bucket.
  const absl::Time full_at = std::clamp(found->second, now, now + capacity_);
  const absl::Duration wait = full_at + interval_ - (now + capacity_);
  found->second = wait > absl::ZeroDuration() ? full_at : full_at + interval_;
  return std::max(wait, absl::ZeroDuration());
}

}  // namespace zhenhui::gateway::session
