#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <string>
#include <thread>

#include "common/status/reason.h"
#include "tests/integration/gateway/http/http_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::testing {
namespace {

using boost::asio::awaitable;
using gateway::http::Exchange;
using gateway::http::Gone;
using gateway::http::Response;
using gateway::http::Server;

class DrainTest : public HttpFixture {
 protected:
  // Answers when the test lets it, or when it is told to stop.
  awaitable<void> Wait(Exchange& exchange) {
    boost::asio::steady_timer gate(exchange.executor(), boost::asio::steady_timer::time_point::max());
    exchange.OnGone([&gate](Gone) { gate.cancel(); });
    release_ = [&gate, executor = exchange.executor()] {
      boost::asio::post(executor, [&gate] { gate.cancel(); });
    };
    entered_.set_value();
    boost::system::error_code cancelled;
    co_await gate.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
    Response response{.body = "done"};
    co_await exchange.Send(std::move(response));
  }

  std::promise<void> entered_;
  std::function<void()> release_;
};

TEST_F(DrainTest, ARequestInHandIsFinishedAndItsConnectionClosed) {
  Serve([this](Exchange& exchange) { return Wait(exchange); });
  HttpClient busy(port());
  HttpClient idle(port());
  busy.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  entered_.get_future().wait();
  std::thread stop([this] { server_->Stop(absl::Minutes(1)); });
  EXPECT_TRUE(idle.ReadsEnd());
  idle.Close();
  release_();
  const HttpAnswer answer = busy.Read();
  EXPECT_EQ(answer.body, "done");
  EXPECT_EQ(answer.headers.Find("connection"), "close");
  EXPECT_TRUE(busy.ReadsEnd());
  busy.Close();
  stop.join();
  EXPECT_THROW(HttpClient{port()}, std::runtime_error) << "nobody listens any more";
}

TEST_F(DrainTest, WhatTakesLongerThanTheGraceIsCut) {
  Serve([this](Exchange& exchange) { return Wait(exchange); });
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  entered_.get_future().wait();
  server_->Stop(absl::ZeroDuration());
  EXPECT_EQ(client.Read().status, 0);
  EXPECT_EQ(WaitForRecords(1).at(0).status, 499);
}

TEST_F(DrainTest, StoppingTwiceIsFine) {
  Serve(Echo);
  server_->Stop(absl::ZeroDuration());
  server_->Stop(absl::Minutes(1));
}

TEST(ServerStart, AnAddressThatIsTakenOrIsNoneIsRefused) {
  auto first = Server::Start({}, Echo);
  ASSERT_THAT(first, IsOk());
  const std::string taken = "127.0.0.1:" + std::to_string((*first)->port());
  EXPECT_THAT(Server::Start({.address = taken}, Echo), HasReason("ADDRESS_UNAVAILABLE"));
  for (const char* bad :
       {"", "127.0.0.1", "127.0.0.1:", "127.0.0.1:99999", "example.org:80", "[::1:80", ":80"}) {
    EXPECT_THAT(Server::Start({.address = bad}, Echo), HasReason("ADDRESS_MALFORMED")) << bad;
  }
  EXPECT_THAT(Server::Start({.address = "[::1]:0"}, Echo), IsOk());
}

}  // namespace
}  // namespace zhenhui::testing
