#pragma once
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace zhenhui::standalone {

// PrepareDatabase on a thread of its own, again and again until it succeeds: a database that is down at the
// start is prepared when it comes. A reason is logged when it changes.
class Preparation {
 public:
  explicit Preparation(std::string owner_dsn);
  ~Preparation();  // gives up after the attempt that runs
  Preparation(const Preparation&) = delete;
  Preparation& operator=(const Preparation&) = delete;

 private:
  void Run();

  const std::string owner_dsn_;
  std::mutex mu_;
  std::condition_variable wake_;
  bool stopped_ = false;  // guarded by mu_
  std::thread thread_;
};

}  // namespace zhenhui::standalone
