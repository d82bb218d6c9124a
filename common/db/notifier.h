#pragma once
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "absl/time/time.h"

namespace zhenhui::db {

// Sends NOTIFY outside of the writers' transactions, with an own connection and thread. NOTIFY inside a
// writing transaction takes a lock of the whole cluster at commit, which ends group commit; here many
// payloads share one transaction, and equal ones are sent once. A notification may be lost when the process
// dies: readers sweep.
class Notifier {
 public:
  // Sends at most once per `interval`. `channel` is a name of ours.
  Notifier(std::string dsn, std::string channel, absl::Duration interval = absl::Milliseconds(5));
  // Tries to send what is pending, once, then stops.
  ~Notifier();
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;

  // Returns at once. `payload` is shorter than 8000 bytes, without NUL. Thread-safe.
  void Notify(std::string_view payload);

  // Payloads sent so far, after merging equal ones; for tests and metrics. Thread-safe.
  int64_t sent() const;

 private:
  void Run();

  const std::string dsn_;
  const std::string channel_;
  const absl::Duration interval_;
  mutable std::mutex mu_;
  std::condition_variable wake_;
  std::set<std::string, std::less<>> pending_;  // guarded by mu_
  int64_t sent_ = 0;                            // guarded by mu_
  bool stopped_ = false;                        // guarded by mu_
  std::thread thread_;
};

}  // namespace zhenhui::db
