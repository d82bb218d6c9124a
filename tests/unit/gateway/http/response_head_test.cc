#include "gateway/http/response_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace zhenhui::gateway::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string Write(const Headers& headers, const Headers& always) {
  return WriteHead({.status = 200,
                    .headers = &headers,
                    .always = &always,
                    .request_id = "id1",
                    .date = "Mon, 04 Mar 2024 09:00:00 GMT",
                    .content_length = 5});
}

TEST(WriteHead, IsWhatGoesOverTheWire) {
  EXPECT_EQ(Write({{"content-type", "text/plain"}}, {{"cache-control", "no-store"}}),
            "HTTP/1.1 200 OK\r\n"
            "content-type: text/plain\r\n"
            "cache-control: no-store\r\n"
            "date: Mon, 04 Mar 2024 09:00:00 GMT\r\n"
            "x-request-id: id1\r\n"
            "content-length: 5\r\n"
            "\r\n");
}

TEST(WriteHead, AHandlersHeaderWinsOverTheServersOfTheSameName) {
  const std::string head = Write({{"Cache-Control", "no-cache"}}, {{"cache-control", "no-store"}});
  EXPECT_THAT(head, HasSubstr("Cache-Control: no-cache"));
  EXPECT_THAT(head, Not(HasSubstr("no-store")));
}

TEST(WriteHead, NothingCanForgeALineOrWhatOnlyTheServerKnows) {
  const std::string head = Write({{"a", "b\r\nevil: 1"},
                                  {"evil: 1\r\nb", "c"},
                                  {"c", std::string("d\0e", 3)},
                                  {"", "empty"},
                                  {"Content-Length", "99"},
                                  {"Transfer-Encoding", "chunked"},
                                  {"X-Request-Id", "other"}},
                                 {});
  EXPECT_THAT(head, Not(HasSubstr("evil")));
  EXPECT_THAT(head, Not(HasSubstr("empty")));
  EXPECT_THAT(head, Not(HasSubstr("99")));
  EXPECT_THAT(head, Not(HasSubstr("chunked")));
  EXPECT_THAT(head, Not(HasSubstr("other")));
}

TEST(HttpDate, IsWrittenInEnglishAndGmt) { EXPECT_EQ(HttpDate(1709542800), "Mon, 04 Mar 2024 09:00:00 GMT"); }

}  // namespace
}  // namespace zhenhui::gateway::http
