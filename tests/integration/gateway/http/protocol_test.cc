#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "tests/integration/gateway/http/http_fixture.h"

namespace zhenhui::testing {
namespace {

using gateway::http::Exchange;
using gateway::http::Response;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ProtocolTest : public HttpFixture {};

TEST_F(ProtocolTest, OneConnectionTakesManyRequests) {
  Serve(Echo);
  HttpClient client(port());
  EXPECT_EQ(client.Get("/a?b=c").body, "GET /a?b=c");
  EXPECT_EQ(client.Request("POST", "/p", "", "hello").body, "POST /p hello");
  EXPECT_EQ(client.Get("/z").body, "GET /z");
}

TEST_F(ProtocolTest, PipelinedRequestsAreAnsweredInTheirOrder) {
  Serve(Echo);
  HttpClient client(port());
  std::string all;
  for (int i = 0; i < 100; ++i) all += "GET /" + std::to_string(i) + " HTTP/1.1\r\nhost: h\r\n\r\n";
  client.Send(all);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(client.Read().body, "GET /" + std::to_string(i));
}

TEST_F(ProtocolTest, ARequestMayComeByteByByte) {
  Serve(Echo);
  HttpClient client(port());
  for (const char c : std::string("\r\nPOST /x HTTP/1.1\r\nhost: h\r\ncontent-length: 3\r\n\r\nabc"))
    client.Send({&c, 1});
  EXPECT_EQ(client.Read().body, "POST /x abc");
}

TEST_F(ProtocolTest, AChunkedBodyIsJoined) {
  Serve(Echo);
  HttpClient client(port());
  client.Send(
      "POST /x HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  EXPECT_EQ(client.Read().body, "POST /x abcde");
  EXPECT_EQ(client.Get("/next").body, "GET /next");
}

TEST_F(ProtocolTest, ABodyThatIsAnnouncedWithExpectIsAskedFor) {
  Serve(Echo);
  HttpClient client(port());
  client.Send("POST /x HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n");
  EXPECT_EQ(client.Read().status, 100);
  client.Send("ok");
  EXPECT_EQ(client.Read().body, "POST /x ok");
}

TEST_F(ProtocolTest, HeadHasTheLengthButNoBody) {
  Serve(Echo);
  HttpClient client(port());
  const HttpAnswer answer = client.Request("HEAD", "/a", "", "");
  EXPECT_EQ(answer.headers.Find("content-length"), "7");
  EXPECT_EQ(client.Get("/b").body, "GET /b") << "the next answer begins right behind";
}

TEST_F(ProtocolTest, Http10ClosesUnlessItAsksToKeepAlive) {
  Serve(Echo);
  HttpClient closing(port());
  closing.Send("GET /a HTTP/1.0\r\n\r\n");
  EXPECT_EQ(closing.Read().headers.Find("connection"), "close");
  EXPECT_TRUE(closing.ReadsEnd());
  HttpClient keeping(port());
  keeping.Send("GET /a HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
  EXPECT_EQ(keeping.Read().headers.Find("connection"), "keep-alive");
  keeping.Send("GET /b HTTP/1.0\r\n\r\n");
  EXPECT_EQ(keeping.Read().body, "GET /b");
}

TEST_F(ProtocolTest, AConnectionIsClosedWhenTheClientWants) {
  Serve(Echo);
  HttpClient client(port());
  EXPECT_EQ(client.Get("/a", "connection: close\r\n").headers.Find("connection"), "close");
  EXPECT_TRUE(client.ReadsEnd());
}

TEST_F(ProtocolTest, AClientThatFinishedSendingIsStillAnswered) {
  Serve(Echo);
  HttpClient client(port());
  client.Send("GET /a HTTP/1.1\r\nhost: h\r\n\r\n");
  client.FinishSending();
  EXPECT_EQ(client.Read().body, "GET /a");
  EXPECT_TRUE(client.ReadsEnd());
}

TEST_F(ProtocolTest, ASaneRequestIdComesBackAndAnotherIsReplaced) {
  Serve(Echo);
  HttpClient client(port());
  EXPECT_EQ(client.Get("/", "x-request-id: Ab-1._z\r\n").headers.Find("x-request-id"), "Ab-1._z");
  for (const std::string& bad : {std::string("a b"), std::string("x\"y"), std::string(65, 'a')}) {
    const HttpAnswer answer = client.Get("/", "x-request-id: " + bad + "\r\n");
    EXPECT_EQ(answer.headers.Find("x-request-id").size(), 16u) << bad;
  }
}

TEST_F(ProtocolTest, TheServersOwnHeadersAreInEveryAnswerUnlessAHandlerSaysOtherwise) {
  const auto handler = [](Exchange& exchange) -> boost::asio::awaitable<void> {
    Response response;
    if (exchange.request().path == "/own") response.headers.Add("X-Rule", "mine");
    response.headers.Add("x-evil", "a\r\nset-cookie: b");
    return exchange.Send(std::move(response));
  };
  Serve(handler, {.always = {{"x-rule", "ours"}}});
  HttpClient client(port());
  const HttpAnswer plain = client.Get("/");
  EXPECT_EQ(plain.headers.Find("x-rule"), "ours");
  EXPECT_FALSE(plain.headers.Has("x-evil"));
  EXPECT_FALSE(plain.headers.Has("set-cookie"));
  EXPECT_EQ(client.Get("/own").headers.Find("x-rule"), "mine");
  client.Send("rubbish\r\n\r\n");
  EXPECT_EQ(client.Read().headers.Find("x-rule"), "ours");
}

TEST_F(ProtocolTest, LargeTextsAreCompressedForThoseWhoAcceptIt) {
  const std::string text(5000, 'x');
  const auto handler = [&text](Exchange& exchange) -> boost::asio::awaitable<void> {
    const std::string& path = exchange.request().path;
    Response response{.headers = {{"content-type", path == "/png" ? "image/png" : "text/plain"}},
                      .body = path == "/small" ? "x" : text,
                      .compress = path != "/never"};
    return exchange.Send(std::move(response));
  };
  Serve(handler);
  HttpClient client(port());
  const HttpAnswer packed = client.Get("/", "accept-encoding: br, gzip;q=0.5\r\n");
  EXPECT_EQ(packed.headers.Find("content-encoding"), "gzip");
  EXPECT_EQ(packed.headers.Find("vary"), "accept-encoding");
  EXPECT_EQ(Gunzip(packed.body), text);
  EXPECT_EQ(client.Get("/").body, text);
  EXPECT_EQ(client.Get("/").headers.Find("vary"), "accept-encoding");
  for (const char* path : {"/small", "/png", "/never"}) {
    EXPECT_FALSE(client.Get(path, "accept-encoding: gzip\r\n").headers.Has("content-encoding")) << path;
  }
}

TEST_F(ProtocolTest, AHandlerThatThrowsOrSaysNothingIsAnsweredFor) {
  const auto handler = [](Exchange& exchange) -> boost::asio::awaitable<void> {
    if (exchange.request().path == "/throw") throw std::runtime_error("secret");
    co_return;
  };
  Serve(handler);
  HttpClient client(port());
  for (const char* path : {"/throw", "/silent"}) {
    const HttpAnswer answer = client.Get(path);
    EXPECT_EQ(answer.status, 500) << path;
    EXPECT_THAT(answer.body, HasSubstr("HANDLER_FAILED"));
    EXPECT_THAT(answer.body, ::testing::Not(HasSubstr("secret")));
  }
}

struct Malformed {
  const char* name;
  std::string bytes;
  int status;
  const char* reason;
};

TEST_F(ProtocolTest, WhatIsNoRequestIsRefusedAndTheConnectionClosed) {
  Serve(Echo);
  const Malformed cases[] = {
      {"rubbish", "rubbish\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"no version", "GET /\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"version 2", "GET / HTTP/2.0\r\nhost: h\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"no host", "GET / HTTP/1.1\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"two hosts", "GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"no path", "GET x HTTP/1.1\r\nhost: h\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"fragment", "GET /a#b HTTP/1.1\r\nhost: h\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"space in a name", "GET / HTTP/1.1\r\nhost : h\r\n\r\n", 400, "REQUEST_MALFORMED"},
      {"NUL in a value", std::string("GET / HTTP/1.1\r\nhost: h\0\r\n\r\n", 28), 400, "REQUEST_MALFORMED"},
      {"two lengths", "POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab", 400,
       "REQUEST_MALFORMED"},
      {"negative length", "POST / HTTP/1.1\r\nhost: h\r\ncontent-length: -1\r\n\r\n", 400,
       "REQUEST_MALFORMED"},
      {"length and chunks",
       "POST / HTTP/1.1\r\nhost: h\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n", 400,
       "REQUEST_MALFORMED"},
      {"unknown coding", "POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: gzip\r\n\r\n", 400,
       "REQUEST_MALFORMED"},
      {"coding before chunks",
       "POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400,
       "REQUEST_MALFORMED"},
      {"bad chunk", "POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n", 400,
       "REQUEST_MALFORMED"},
      {"compressed", "POST / HTTP/1.1\r\nhost: h\r\ncontent-encoding: gzip\r\ncontent-length: 1\r\n\r\nx",
       415, "BODY_ENCODED"},
      {"expectation", "POST / HTTP/1.1\r\nhost: h\r\nexpect: wonders\r\ncontent-length: 1\r\n\r\nx", 417,
       "EXPECTATION_UNKNOWN"},
      {"long method", std::string(17, 'A') + " / HTTP/1.1\r\nhost: h\r\n\r\n", 400, "REQUEST_MALFORMED"},
  };
  for (const Malformed& test : cases) {
    HttpClient client(port());
    client.Send(test.bytes);
    const HttpAnswer answer = client.Read();
    EXPECT_EQ(answer.status, test.status) << test.name;
    EXPECT_THAT(answer.body, HasSubstr(test.reason)) << test.name;
    EXPECT_EQ(answer.headers.Find("connection"), "close") << test.name;
    EXPECT_TRUE(client.ReadsEnd()) << test.name;
  }
}

TEST_F(ProtocolTest, AnAbsoluteAddressIsTakenForItsPath) {
  Serve(Echo);
  HttpClient client(port());
  EXPECT_EQ(client.Get("http://h:1/a?b").body, "GET /a?b");
  EXPECT_EQ(client.Get("HTTPS://h").body, "GET /");
}

TEST_F(ProtocolTest, EachRequestIsRecorded) {
  const auto handler = [](Exchange& exchange) -> boost::asio::awaitable<void> {
    exchange.SetRoute("/items/{id}");
    return Echo(exchange);
  };
  Serve(handler);
  HttpClient client(port());
  client.Get("/items/7?secret=1");
  const std::vector<Recorded> records = WaitForRecords(1);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0].method, "GET");
  EXPECT_EQ(records[0].path, "/items/7");
  EXPECT_EQ(records[0].route, "/items/{id}");
  EXPECT_EQ(records[0].status, 200);
  EXPECT_TRUE(records[0].whole);
}

}  // namespace
}  // namespace zhenhui::testing
