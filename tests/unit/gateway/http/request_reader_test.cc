#include "gateway/http/request_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace zhenhui::gateway::http {
namespace {

using State = RequestReader::State;

TEST(RequestReader, TakesARequestApart) {
  RequestReader reader(4096, 4096);
  std::string bytes =
      "PATCH /v1/a%2Fb?x=1&y=%20 HTTP/1.1\r\nHost: h\r\nX-Request-Id: r.1\r\nContent-Length: 3\r\n\r\nabcGET";
  ASSERT_EQ(reader.Feed(&bytes), State::kDone);
  EXPECT_EQ(bytes, "GET") << "what follows is left alone";
  EXPECT_TRUE(reader.keep_alive());
  const Request request = reader.Take();
  EXPECT_EQ(request.method, "PATCH");
  EXPECT_EQ(request.path, "/v1/a%2Fb");
  EXPECT_EQ(request.query, "x=1&y=%20");
  EXPECT_EQ(request.headers.Find("host"), "h");
  EXPECT_EQ(request.body, "abc");
  EXPECT_EQ(request.request_id, "r.1");
}

TEST(RequestReader, AnExpectationIsToldOnceAndOnlyWhenABodyIsToCome) {
  RequestReader reader(4096, 4096);
  std::string bytes = "POST / HTTP/1.1\r\nhost: h\r\nexpect: 100-Continue\r\ncontent-length: 3\r\n\r\n";
  ASSERT_EQ(reader.Feed(&bytes), State::kMore);
  EXPECT_TRUE(reader.header_done());
  EXPECT_TRUE(reader.TakeExpectation());
  EXPECT_FALSE(reader.TakeExpectation());
  RequestReader empty(4096, 4096);
  bytes = "POST / HTTP/1.1\r\nhost: h\r\nexpect: 100-continue\r\n\r\n";
  ASSERT_EQ(empty.Feed(&bytes), State::kDone);
  EXPECT_FALSE(empty.TakeExpectation());
}

// However a stream of requests is cut into pieces, the same requests come out.
TEST(RequestReader, PiecesOfAnySizeMakeTheSameRequests) {
  const std::string one =
      "POST /a?b HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
  const std::string two = "GET /c HTTP/1.1\r\nhost: h\r\n\r\n";
  std::mt19937 random(1);
  for (int round = 0; round < 300; ++round) {
    RequestReader reader(4096, 4096);
    const std::string all = one + two + "\r\n" + one;
    std::string unread;
    std::string seen;
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t size = std::uniform_int_distribution<std::size_t>(1, 40)(random);
      unread += all.substr(at, size);
      at += size;
      while (!unread.empty()) {
        const State state = reader.Feed(&unread);
        ASSERT_NE(state, State::kFailed) << seen;
        if (state == State::kMore) break;
        const Request request = reader.Take();
        seen += request.method + request.path + request.body + ";";
      }
    }
    ASSERT_EQ(seen, "POST/aabc;GET/c;POST/aabc;");
  }
}

// Whatever comes, the reader neither crashes nor takes more than its limits.
TEST(RequestReader, RandomBytesAreSurvived) {
  const std::string pieces[] = {"GET ",
                                "/a",
                                " HTTP/1.1",
                                "\r\n",
                                "host: h",
                                "\r\n\r\n",
                                "content-length: ",
                                "5",
                                "transfer-encoding: chunked",
                                "0",
                                ":",
                                std::string("\0", 1),
                                "\xff",
                                " ",
                                "ffffffff",
                                "expect: 100-continue",
                                "connection: close",
                                "http://",
                                "?",
                                "#"};
  std::mt19937 random(2);
  for (int round = 0; round < 20000; ++round) {
    RequestReader reader(512, 64);
    std::string unread;
    for (int i = 0; i < 30; ++i) {
      unread += pieces[std::uniform_int_distribution<std::size_t>(0, std::size(pieces) - 1)(random)];
      const State state = reader.Feed(&unread);
      if (state == State::kDone) {
        EXPECT_LE(reader.Take().body.size(), 64u);
      }
      if (state == State::kFailed) break;
    }
  }
}

}  // namespace
}  // namespace zhenhui::gateway::http
