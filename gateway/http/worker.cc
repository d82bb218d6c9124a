#include "gateway/http/worker.h"

#include <utility>
#include <vector>

#include <boost/asio/post.hpp>

#include "gateway/http/connection.h"
#include "gateway/http/response_head.h"

namespace zhenhui::gateway::http {
namespace {

SteadyClock::duration Steady(absl::Duration duration) { return absl::ToChronoNanoseconds(duration); }

}  // namespace

Times::Times(const Limits& limits)
    : handshake(Steady(limits.handshake)),
      header(Steady(limits.header)),
      body(Steady(limits.body)),
      idle(Steady(limits.idle)),
      handler(Steady(limits.handler)),
      write_stall(Steady(limits.write_stall)),
      linger(Steady(limits.linger)),
      tick(Steady(limits.tick)) {}

bool Shared::WaitForNone(absl::Duration grace) {
  std::unique_lock lock(mu_);
  const auto none = [this] { return connections.load() == 0; };
  if (grace == absl::InfiniteDuration()) {
    ended_.wait(lock, none);
    return true;
  }
  return ended_.wait_for(lock, absl::ToChronoNanoseconds(grace), none);
}

void Shared::ConnectionEnded() {
  // Under the lock: who waits may destroy this as soon as it sees zero.
  std::lock_guard lock(mu_);
  --connections;
  ended_.notify_all();
}

Worker::Worker(Shared& shared) : shared_(shared), work_(context_.get_executor()), tick_(context_) {}

Worker::~Worker() { Join(); }

void Worker::Start() {
  ScheduleTick();
  thread_ = std::thread([this] { context_.run(); });
}

void Worker::Join() {
  if (!thread_.joinable()) return;
  work_.reset();
  context_.stop();
  thread_.join();
}

void Worker::ScheduleTick() {
  tick_.expires_after(shared_.times.tick);
  tick_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    const SteadyClock::time_point now = SteadyClock::now();
    const std::vector<Connection*> all(connections_.begin(), connections_.end());  // a tick may end some
    for (Connection* connection : all) {
      if (connections_.contains(connection)) connection->Tick(now);
    }
    ScheduleTick();
  });
}

void Worker::Drain() {
  asio::post(context_, [this] {
    draining_ = true;
    const std::vector<Connection*> all(connections_.begin(), connections_.end());
    for (Connection* connection : all) {
      if (connections_.contains(connection)) connection->Drain();
    }
  });
}

void Worker::Cut() {
  asio::post(context_, [this] {
    const std::vector<Connection*> all(connections_.begin(), connections_.end());
    for (Connection* connection : all) {
      if (connections_.contains(connection)) connection->Cut();
    }
  });
}

const std::string& Worker::Date() {
  const std::time_t now = std::time(nullptr);
  if (std::exchange(date_second_, now) != now) date_ = HttpDate(now);
  return date_;
}

}  // namespace zhenhui::gateway::http
