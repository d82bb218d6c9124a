#include "gateway/upstream/signal.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace zhenhui::gateway::upstream {

asio::awaitable<bool> Signal::Wait(Duration limit) {
  if (!set_) {
    if (limit == Duration::max()) {
      timer_.expires_at(std::chrono::steady_clock::time_point::max());
    } else {
      timer_.expires_after(limit);
    }
    boost::system::error_code cancelled;
    co_await timer_.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  co_return std::exchange(set_, false);
}

}  // namespace zhenhui::gateway::upstream
