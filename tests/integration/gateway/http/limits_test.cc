#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "tests/integration/gateway/http/http_fixture.h"

namespace zhenhui::testing {
namespace {

using gateway::http::Exchange;
using gateway::http::Gone;
using gateway::http::Response;
using gateway::http::ServerOptions;
using ::testing::HasSubstr;

constexpr absl::Duration kShort = absl::Milliseconds(50);

class LimitsTest : public HttpFixture {};

TEST_F(LimitsTest, AHeaderThatIsTooLargeIsRefused) {
  Serve(Echo, {.limits = {.header_bytes = 2000}});
  HttpClient fits(port());
  EXPECT_EQ(fits.Get("/", "x: " + std::string(1500, 'a') + "\r\n").status, 200);
  // Also one that never ends, and one whose address is too long.
  for (const std::string& bytes : {"GET / HTTP/1.1\r\nhost: h\r\nx: " + std::string(3000, 'a') + "\r\n\r\n",
                                   "GET / HTTP/1.1\r\nhost: h\r\nx: " + std::string(100'000, 'a'),
                                   "GET /" + std::string(3000, 'a') + " HTTP/1.1\r\nhost: h\r\n\r\n"}) {
    HttpClient client(port());
    client.Send(bytes);
    const HttpAnswer answer = client.Read();
    EXPECT_EQ(answer.status, 431) << bytes.size();
    EXPECT_THAT(answer.body, HasSubstr("HEADER_TOO_LARGE"));
  }
}

TEST_F(LimitsTest, ABodyThatIsTooLargeIsRefusedBeforeItHasCome) {
  Serve(Echo, {.limits = {.body_bytes = 100}});
  HttpClient fits(port());
  EXPECT_EQ(fits.Request("POST", "/", "", std::string(100, 'a')).status, 200);
  HttpClient announced(port());
  announced.Send("POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 101\r\n\r\n");
  const HttpAnswer answer = announced.Read();
  EXPECT_EQ(answer.status, 413);
  EXPECT_THAT(answer.body, HasSubstr("BODY_TOO_LARGE"));
  HttpClient asking(port());
  asking.Send("POST / HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\ncontent-length: 101\r\n\r\n");
  EXPECT_EQ(asking.Read().status, 413) << "and no 100 before it";
  HttpClient chunked(port());
  chunked.Send("POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n40\r\n" +
               std::string(64, 'a') + "\r\n40\r\n" + std::string(64, 'a') + "\r\n0\r\n\r\n");
  EXPECT_EQ(chunked.Read().status, 413);
}

TEST_F(LimitsTest, TheRefusalArrivesAlthoughTheClientGoesOnSending) {
  Serve(Echo, {.limits = {.body_bytes = 100}});
  HttpClient client(port());
  client.Send("POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 500000\r\n\r\n" + std::string(500'000, 'a'));
  EXPECT_EQ(client.Read().status, 413);
}

TEST_F(LimitsTest, AClientThatSendsTooSlowlyIsShed) {
  Serve(Echo, {.limits = {.header = kShort, .body = kShort}});
  for (const char* bytes :
       {"G", "GET / HTTP/1.1\r\nhost: h\r\n", "POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 9\r\n\r\nab"}) {
    HttpClient client(port());
    client.Send(bytes);
    const HttpAnswer answer = client.Read();
    EXPECT_EQ(answer.status, 408) << bytes;
    EXPECT_THAT(answer.body, HasSubstr("REQUEST_TOO_SLOW"));
    EXPECT_TRUE(client.ReadsEnd());
  }
}

TEST_F(LimitsTest, AnIdleConnectionIsClosedWithoutAWord) {
  Serve(Echo, {.limits = {.idle = kShort}});
  HttpClient silent(port());
  EXPECT_TRUE(silent.ReadsEnd());
  HttpClient once(port());
  EXPECT_EQ(once.Get("/").status, 200);
  EXPECT_TRUE(once.ReadsEnd());
}

TEST_F(LimitsTest, AClientThatReadsTooSlowlyIsCutAndTheAnswerIsNotWhole) {
  const auto handler = [](Exchange& exchange) -> boost::asio::awaitable<void> {
    return exchange.Send({.body = std::string(64 << 20, 'x')});
  };
  Serve(handler, {.limits = {.write_stall = kShort}});
  HttpClient client(port(), {.receive_buffer_bytes = 4096});
  client.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  const std::vector<Recorded> records = WaitForRecords(1);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_FALSE(records[0].whole);
  EXPECT_FALSE(client.Read().whole);
}

TEST_F(LimitsTest, AHandlerIsToldWhenItTakesTooLong) {
  std::promise<Gone> told;
  const auto handler = [&told](Exchange& exchange) -> boost::asio::awaitable<void> {
    return [](Exchange& it, std::promise<Gone>& promise) -> boost::asio::awaitable<void> {
      boost::asio::steady_timer forever(it.executor(), boost::asio::steady_timer::time_point::max());
      it.OnGone([&](Gone why) {
        promise.set_value(why);
        forever.cancel();
      });
      boost::system::error_code cancelled;
      co_await forever.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
      Response late{.status = 504};
      co_await it.Send(std::move(late));
    }(exchange, told);
  };
  Serve(handler, {.limits = {.handler = kShort}});
  HttpClient client(port());
  EXPECT_EQ(client.Get("/").status, 504);
  EXPECT_EQ(told.get_future().get(), Gone::kTimeout);
}

TEST_F(LimitsTest, TooManyConnectionsAreToldToComeLater) {
  Serve(Echo, {.limits = {.connections = 2}});
  auto first = std::make_unique<HttpClient>(port());
  HttpClient second(port());
  EXPECT_EQ(first->Get("/").status, 200);
  EXPECT_EQ(second.Get("/").status, 200);
  {
    HttpClient third(port());
    const HttpAnswer refused = third.Read();
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.headers.Find("retry-after"), "1");
    EXPECT_THAT(refused.body, HasSubstr("TOO_MANY_CONNECTIONS"));
    EXPECT_TRUE(third.ReadsEnd());
  }
  first.reset();
  // The server learns of the end a moment later.
  int status = 0;
  for (int attempt = 0; attempt < 1000 && status != 200; ++attempt)
    status = HttpClient(port()).Get("/").status;
  EXPECT_EQ(status, 200);
}

TEST_F(LimitsTest, ManyConnectionsAtOnceAreAllServed) {
  Serve(Echo, {.threads = 2});
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (int i = 0; i < 400; ++i) clients.push_back(std::make_unique<HttpClient>(port()));
  for (int round = 0; round < 3; ++round) {
    for (const auto& client : clients)
      ASSERT_TRUE(client->Send("GET /" + std::to_string(round) + " HTTP/1.1\r\nhost: h\r\n\r\n"));
    for (const auto& client : clients) EXPECT_EQ(client->Read().body, "GET /" + std::to_string(round));
  }
  EXPECT_EQ(server_->connections(), 400);
}

}  // namespace
}  // namespace zhenhui::testing
