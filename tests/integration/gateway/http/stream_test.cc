#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/integration/gateway/http/http_fixture.h"

namespace zhenhui::testing {
namespace {

using boost::asio::awaitable;
using gateway::http::Exchange;
using gateway::http::Gone;
using gateway::http::StreamHead;

class StreamTest : public HttpFixture {};

awaitable<void> ThreePieces(Exchange& exchange) {
  StreamHead head{.headers = {{"content-type", "application/x-ndjson"}}};
  co_await exchange.Begin(std::move(head));
  for (const char* piece : {"one\n", "two\n", "three\n"}) {
    const bool listened_to = co_await exchange.Write(piece);
    if (!listened_to) co_return;
  }
  co_await exchange.End();
}

TEST_F(StreamTest, PiecesArriveOneByOneAndTheConnectionGoesOn) {
  Serve(ThreePieces);
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  EXPECT_EQ(client.ReadHead().headers.Find("transfer-encoding"), "chunked");
  EXPECT_EQ(client.ReadChunk(), "one\n");
  EXPECT_EQ(client.ReadChunk(), "two\n");
  EXPECT_EQ(client.ReadChunk(), "three\n");
  EXPECT_EQ(client.ReadChunk(), "");
  const HttpAnswer again = client.Get("/");
  EXPECT_EQ(again.body, "one\ntwo\nthree\n");
  EXPECT_TRUE(again.whole);
}

TEST_F(StreamTest, Http10GetsItUntilTheClose) {
  Serve(ThreePieces);
  HttpClient client(port());
  client.Send("GET / HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
  const HttpAnswer answer = client.Read();
  EXPECT_EQ(answer.headers.Find("connection"), "close");
  EXPECT_EQ(answer.body, "one\ntwo\nthree\n");
}

TEST_F(StreamTest, HeadGetsTheLinesOnly) {
  Serve(ThreePieces);
  HttpClient client(port());
  EXPECT_EQ(client.Request("HEAD", "/", "", "").status, 200);
  EXPECT_EQ(client.Get("/").body, "one\ntwo\nthree\n");
}

TEST_F(StreamTest, EachCompressedPieceCanBeReadAtOnce) {
  Serve(ThreePieces);
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nhost: h\r\naccept-encoding: gzip\r\n\r\n");
  EXPECT_EQ(client.ReadHead().headers.Find("content-encoding"), "gzip");
  std::string bytes = client.ReadChunk();
  EXPECT_EQ(Gunzip(bytes), "one\n");
  bytes += client.ReadChunk();
  EXPECT_EQ(Gunzip(bytes), "one\ntwo\n");
  bytes += client.ReadChunk();
  bytes += client.ReadChunk();
  EXPECT_EQ(Gunzip(bytes), "one\ntwo\nthree\n");
}

TEST_F(StreamTest, WithoutAnEndTheClientSeesACut) {
  const auto handler = [](Exchange& exchange) -> awaitable<void> {
    return [](Exchange& it) -> awaitable<void> {
      StreamHead head;
      co_await it.Begin(std::move(head));
      co_await it.Write("half");
    }(exchange);
  };
  Serve(handler);
  HttpClient client(port());
  const HttpAnswer answer = client.Get("/");
  EXPECT_EQ(answer.body, "half");
  EXPECT_FALSE(answer.whole);
}

// Streams until nobody listens, and tells why it was to stop.
awaitable<void> Endless(Exchange& exchange, std::promise<Gone>& told) {
  StreamHead head{.headers = {{"content-type", "text/event-stream"}}, .live = true};
  co_await exchange.Begin(std::move(head));
  boost::asio::steady_timer stopped(exchange.executor(), boost::asio::steady_timer::time_point::max());
  std::optional<Gone> gone;
  exchange.OnGone([&](Gone why) {
    gone = why;
    stopped.cancel();
  });
  co_await exchange.Write("data: 1\n\n");
  boost::system::error_code cancelled;
  if (!gone) co_await stopped.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, cancelled));
  if (gone == Gone::kDraining) {
    co_await exchange.Write("event: end\n\n");
    co_await exchange.End();
  }
  told.set_value(*gone);
}

TEST_F(StreamTest, AHandlerLearnsAtOnceThatTheClientHasLeft) {
  std::promise<Gone> told;
  Serve([&told](Exchange& exchange) { return Endless(exchange, told); });
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nhost: h\r\naccept-encoding: gzip\r\n\r\n");
  EXPECT_FALSE(client.ReadHead().headers.Has("content-encoding"));
  EXPECT_EQ(client.ReadChunk(), "data: 1\n\n");
  EXPECT_EQ(server_->streams(), 1);
  client.Close();
  EXPECT_EQ(told.get_future().get(), Gone::kPeerLeft);
  EXPECT_FALSE(WaitForRecords(1).at(0).whole);
}

TEST_F(StreamTest, ALeavingClientIsSeenBehindAPipelinedRequest) {
  std::promise<Gone> told;
  Serve([&told](Exchange& exchange) { return Endless(exchange, told); });
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\nGET /next HTTP/1.1\r\nhost: h\r\n\r\n");
  client.ReadHead();
  EXPECT_EQ(client.ReadChunk(), "data: 1\n\n");
  client.Close();
  EXPECT_EQ(told.get_future().get(), Gone::kPeerLeft);
}

TEST_F(StreamTest, ADrainingServerLetsALiveStreamSayALastWord) {
  std::promise<Gone> told;
  Serve([&told](Exchange& exchange) { return Endless(exchange, told); });
  HttpClient client(port());
  client.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  client.ReadHead();
  EXPECT_EQ(client.ReadChunk(), "data: 1\n\n");
  std::thread stop([this] { server_->Stop(absl::Minutes(1)); });
  EXPECT_EQ(client.ReadChunk(), "event: end\n\n");
  EXPECT_EQ(client.ReadChunk(), "");
  client.Close();
  stop.join();
  EXPECT_EQ(told.get_future().get(), Gone::kDraining);
}

TEST_F(StreamTest, ASlowReaderSlowsTheHandlerDown) {
  std::atomic<int> written = 0;
  const auto handler = [&written](Exchange& exchange) -> awaitable<void> {
    return [](Exchange& it, std::atomic<int>& count) -> awaitable<void> {
      StreamHead head;
      co_await it.Begin(std::move(head));
      const std::string piece(1 << 20, 'x');
      for (int i = 0; i < 64; ++i) {
        const bool listened_to = co_await it.Write(piece);
        if (!listened_to) co_return;
        ++count;
      }
      co_await it.End();
    }(exchange, written);
  };
  Serve(handler);
  HttpClient client(port(), {.receive_buffer_bytes = 4096});
  client.Send("GET / HTTP/1.1\r\nhost: h\r\n\r\n");
  client.ReadHead();
  EXPECT_EQ(client.ReadChunk().size(), 1u << 20);
  // Sockets hold some megabytes between the two, never all.
  EXPECT_LT(written.load(), 60);
  for (int i = 1; i < 64; ++i) EXPECT_EQ(client.ReadChunk().size(), 1u << 20);
  EXPECT_EQ(client.ReadChunk(), "");
}

}  // namespace
}  // namespace zhenhui::testing
