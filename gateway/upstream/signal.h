#pragma once

#include <chrono>
#include <utility>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace zhenhui::gateway::upstream {

namespace asio = boost::asio;

// What a coroutine waits on until something else on its executor sets it. All functions on that executor; one
// waiter at a time.
class Signal {
 public:
  using Duration = std::chrono::steady_clock::duration;

  explicit Signal(const asio::any_io_executor& executor) : timer_(executor) {}

  void Set() {
    set_ = true;
    timer_.cancel();
  }

  // Returns when the signal is set (true; it is taken back) or `limit` has passed. Duration::max(): no limit.
  asio::awaitable<bool> Wait(Duration limit);

 private:
  asio::steady_timer timer_;
  bool set_ = false;
};

}  // namespace zhenhui::gateway::upstream
