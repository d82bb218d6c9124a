#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace zhenhui::service {

// Asks again and again whether a service can serve, and tells of every change. A reason is logged when it
// changes. Thread-safe.
class Readiness {
 public:
  // `check` may block for some seconds. `tell` is called on the thread, at first with the first answer.
  Readiness(std::string service, std::function<absl::Status()> check, std::function<void(bool)> tell,
            absl::Duration every = absl::Milliseconds(500));
  // Waits for a check that runs.
  ~Readiness();
  Readiness(const Readiness&) = delete;
  Readiness& operator=(const Readiness&) = delete;

 private:
  void Run();

  const std::string service_;
  const std::function<absl::Status()> check_;
  const std::function<void(bool)> tell_;
  const absl::Duration every_;
  std::mutex mu_;
  std::condition_variable wake_;
  bool stopped_ = false;  // guarded by mu_
  std::thread thread_;
};

}  // namespace zhenhui::service
