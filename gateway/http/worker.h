#pragma once

#include <atomic>
#include <condition_variable>
#include <ctime>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_set>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "gateway/http/server.h"
#include "gateway/http/wire.h"

namespace zhenhui::gateway::http {

class Connection;

// The limits as the connections use them.
struct Times {
  explicit Times(const Limits& limits);
  SteadyClock::duration handshake, header, body, idle, handler, write_stall, linger, tick;
};

// What all connections of a server share. Outlives them.
struct Shared {
  Shared(ServerOptions the_options, Handler the_handler)
      : options(std::move(the_options)), handler(std::move(the_handler)), times(options.limits) {}

  const ServerOptions options;
  const Handler handler;
  const Times times;
  std::unique_ptr<asio::ssl::context> tls;  // null: plain HTTP
  std::atomic<int> connections = 0;
  std::atomic<int> streams = 0;

  // Until no connection is left; false if `grace` passes before.
  bool WaitForNone(absl::Duration grace);
  void ConnectionEnded();

 private:
  std::mutex mu_;
  std::condition_variable ended_;
};

// One thread with the connections that live on it: each is only ever touched there, so none needs a lock.
class Worker {
 public:
  explicit Worker(Shared& shared);
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  asio::io_context& context() { return context_; }
  void Start();
  void Join();  // ends the thread; for when no connection is left

  // From any thread: every connection is told, now and those that come.
  void Drain();
  void Cut();

  // On the worker's thread.
  void Add(Connection* connection) { connections_.insert(connection); }
  void Remove(Connection* connection) { connections_.erase(connection); }
  bool draining() const { return draining_; }
  const std::string& Date();  // of this second, as HTTP writes it

 private:
  void ScheduleTick();

  Shared& shared_;
  asio::io_context context_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  asio::steady_timer tick_;
  std::unordered_set<Connection*> connections_;
  bool draining_ = false;
  std::time_t date_second_ = 0;
  std::string date_;
  std::thread thread_;
};

}  // namespace zhenhui::gateway::http
