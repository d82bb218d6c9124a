#include "gateway/session/cookie.h"

#include <gtest/gtest.h>

#include "gateway/session/csrf.h"

namespace zhenhui::gateway::session {
namespace {

TEST(FindCookie, FindsTheFirstOfExactlyThatName) {
  const struct {
    const char* header;
    const char* value;
  } cases[] = {
      {"s=1", "1"},     {"a=0; s=1; b=2", "1"}, {"a=0;s=1", "1"}, {"s=1; s=2", "1"}, {"xs=0; s=1", "1"},
      {"s=a=b", "a=b"}, {"  s=1  ", "1"},       {"S=1", ""},      {"", ""},          {"s", ""},
      {"; ;=; s", ""},  {"sx=1", ""},           {"s=", ""},
  };
  for (const auto& test : cases) EXPECT_EQ(FindCookie(test.header, "s"), test.value) << test.header;
}

TEST(SetCookie, IsForThisSiteAndForNoScript) {
  EXPECT_EQ(SetCookie("tok", absl::Minutes(2), false),
            "zhenhui_session=tok; Path=/; Max-Age=120; HttpOnly; SameSite=Strict");
  EXPECT_EQ(SetCookie("tok", absl::Minutes(2), true),
            "__Host-zhenhui_session=tok; Path=/; Max-Age=120; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(SetCookie("tok", absl::Seconds(-5), false),
            "zhenhui_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
}

TEST(Csrf, IsBoundToTheSession) {
  const std::string token = CsrfToken("session-a");
  EXPECT_EQ(token.size(), 43u);
  EXPECT_TRUE(CsrfMatches("session-a", token));
  EXPECT_FALSE(CsrfMatches("session-b", token));
  EXPECT_FALSE(CsrfMatches("session-a", ""));
  EXPECT_FALSE(CsrfMatches("session-a", token + "x"));
  std::string changed = token;
  changed[10] = changed[10] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(CsrfMatches("session-a", changed));
}

}  // namespace
}  // namespace zhenhui::gateway::session
