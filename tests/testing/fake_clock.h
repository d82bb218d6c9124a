#pragma once
#include <mutex>

#include "absl/time/time.h"
#include "common/time/clock.h"

namespace zhenhui::testing {

// A clock that stands still until the test moves it. Thread-safe.
class FakeClock final : public Clock {
 public:
  // Starts at noon in China on `today`.
  explicit FakeClock(Date today = Date(2024, 6, 30)) { SetToday(today); }
  explicit FakeClock(absl::Time now) : now_(now) {}

  absl::Time Now() const override {
    std::lock_guard lock(mu_);
    return now_;
  }
  void Set(absl::Time now) {
    std::lock_guard lock(mu_);
    now_ = now;
  }
  void SetToday(Date today) {
    Set(absl::FromCivil(absl::CivilHour(today) + 12, absl::FixedTimeZone(8 * 60 * 60)));
  }
  void Advance(absl::Duration by) {
    std::lock_guard lock(mu_);
    now_ += by;
  }

 private:
  mutable std::mutex mu_;
  absl::Time now_;  // guarded by mu_
};

}  // namespace zhenhui::testing
