#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <thread>

namespace zhenhui::db {

// LISTENs on one channel with an own connection and thread; connects again by itself after a failure (0.1 s
// to 2 s later).
class Listener {
 public:
  struct Callbacks {
    // A notification came. Runs on the listener's thread: be quick, do not throw.
    std::function<void(std::string_view payload)> on_payload = {};
    // The channel is listened to, at first or again after a gap in which notifications were lost. May be
    // empty.
    std::function<void()> on_connected = {};
  };

  // `channel` is a name of ours. Returns at once; connecting happens on the thread.
  Listener(std::string dsn, std::string channel, Callbacks callbacks);
  // Waits for a callback that runs, then stops.
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

 private:
  void Run();
  // Until the stop or the loss of the connection; false if it was never made.
  bool ListenOnce();
  bool WaitForStop(int milliseconds) const;

  const std::string dsn_;
  const std::string channel_;
  const Callbacks callbacks_;
  int stop_fd_;  // an eventfd; readable once the destructor has begun
  std::thread thread_;
};

}  // namespace zhenhui::db
