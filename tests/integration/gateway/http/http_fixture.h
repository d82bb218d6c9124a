#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "gateway/http/errors.h"
#include "gateway/http/server.h"
#include "tests/testing/gateway/http_client.h"

namespace zhenhui::testing {

// A copy of a Record, whose views do not outlive the callback.
struct Recorded {
  std::string method, path, route;
  int status = 0;
  bool whole = false;
};

// A server with one handler, which ends with the test.
class HttpFixture : public ::testing::Test {
 protected:
  void Serve(gateway::http::Handler handler) { Serve(std::move(handler), {}); }

  void Serve(gateway::http::Handler handler, gateway::http::ServerOptions options) {
    options.limits.tick = absl::Milliseconds(5);
    options.on_request = [this](const gateway::http::Record& record) {
      std::lock_guard lock(mu_);
      records_.push_back({std::string(record.method), std::string(record.path), std::string(record.route),
                          record.status, record.whole});
      recorded_.notify_all();
    };
    auto server = gateway::http::Server::Start(std::move(options), std::move(handler));
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  // Waits for as many, in the order in which they ended.
  std::vector<Recorded> WaitForRecords(std::size_t count) {
    std::unique_lock lock(mu_);
    recorded_.wait_for(lock, std::chrono::seconds(30), [&] { return records_.size() >= count; });
    return records_;
  }

  int port() const { return server_->port(); }

 private:
  std::mutex mu_;
  std::condition_variable recorded_;
  std::vector<Recorded> records_;  // guarded by mu_

 protected:
  std::unique_ptr<gateway::http::Server> server_;  // last: it writes to the others until it ends
};

// Answers with what was asked: "GET /path?query body".
inline boost::asio::awaitable<void> Echo(gateway::http::Exchange& exchange) {
  const gateway::http::Request& request = exchange.request();
  gateway::http::Response response;
  response.headers.Add("content-type", "text/plain");
  response.body = request.method + " " + request.path + (request.query.empty() ? "" : "?" + request.query) +
                  (request.body.empty() ? "" : " " + request.body);
  co_await exchange.Send(std::move(response));
}

}  // namespace zhenhui::testing
