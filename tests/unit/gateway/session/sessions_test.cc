#include "gateway/session/sessions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/time/clock.h"
#include "gateway/session/csrf.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::gateway::session {
namespace {

using http::Headers;
using http::Request;
using http::Response;
using ::testing::HasSubstr;
using ::testing::StartsWith;

std::string ReasonOf(const Response& response) {
  const auto body = nlohmann::json::parse(response.body, nullptr, false);
  return body.is_discarded() || !body.contains("error")
             ? ""
             : body.at("error").at("details").at(0).at("reason").get<std::string>();
}

class SessionsTest : public ::testing::Test {
 protected:
  static Request Make(std::string method, Headers headers, std::string body = "") {
    return {.method = std::move(method),
            .path = "/x",
            .headers = std::move(headers),
            .body = std::move(body),
            .peer = "1.2.3.4"};
  }
  Response SignIn(const std::string& body, Headers more = {}) {
    more.Add("content-type", "application/json; charset=utf-8");
    return sessions_.Answer(Make("POST", std::move(more), body));
  }
  // "" if the caller is let through, else the reason.
  std::string Refusal(std::string method, Headers headers) {
    const auto who = sessions_.Identify(Make(std::move(method), std::move(headers)));
    const Response* refused = std::get_if<Response>(&who);
    return refused == nullptr ? "" : ReasonOf(*refused);
  }

  const SystemClock clock_;  // as the verifier's
  const std::string token_ = testing::Token(auth::Role::kReporter, "630106101", "clerk-7");
  const std::string cookie_ = "a=b; zhenhui_session=" + token_;
  OneTimeCodes codes_{clock_};
  Sessions sessions_{testing::TestVerifier(), codes_, clock_, {.calls = {.per_second = 0}}};
};

TEST_F(SessionsTest, ATokenSignsIn) {
  const Response answer = SignIn(absl::StrCat(R"({"token":")", token_, "\"}"));
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_THAT(std::string(answer.headers.Find("set-cookie")),
              StartsWith("zhenhui_session=" + token_ + "; Path=/; Max-Age=3"));
  const auto body = nlohmann::json::parse(answer.body);
  EXPECT_EQ(body.at("subject"), "clerk-7");
  EXPECT_EQ(body.at("role"), "reporter");
  EXPECT_EQ(body.at("scope"), "630106101");
  EXPECT_EQ(body.at("csrfToken"), CsrfToken(token_));
  EXPECT_THAT(body.at("expireTime").get<std::string>(), HasSubstr("T"));
}

TEST_F(SessionsTest, ACodeSignsInOnce) {
  const std::string body = absl::StrCat(R"({"code":")", codes_.Add(token_, absl::Hours(1)), "\"}");
  EXPECT_EQ(SignIn(body).status, 200);
  const Response again = SignIn(body);
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(ReasonOf(again), "SIGN_IN_CODE_UNKNOWN");
  EXPECT_FALSE(again.headers.Has("set-cookie"));
}

TEST_F(SessionsTest, WhatIsNoSignInIsRefused) {
  for (const char* body :
       {"", "{}", "[]", "null", "{\"token\":\"\"}", "{\"token\":7}", "{\"token\":\"a\",\"code\":\"b\"}",
        "{\"password\":\"a\"}", "{\"token\":\"a\"", "\"token\""}) {
    EXPECT_EQ(ReasonOf(SignIn(body)), "SIGN_IN_MALFORMED") << body;
  }
  EXPECT_EQ(ReasonOf(SignIn(R"({"token":"nonsense"})")), "TOKEN_MALFORMED");
  EXPECT_EQ(ReasonOf(SignIn(absl::StrCat(R"({"token":")", std::string(3901, 'a'), "\"}"))), "TOKEN_TOO_LONG");
  const std::string dead =
      testing::TokenUntil(auth::Role::kReporter, "630106101", clock_.Now() - absl::Minutes(1));
  EXPECT_EQ(ReasonOf(SignIn(absl::StrCat(R"({"token":")", dead, "\"}"))), "TOKEN_EXPIRED");
}

TEST_F(SessionsTest, AFormOfAnotherSiteCannotSignAVisitorIn) {
  const std::string body = absl::StrCat(R"({"token":")", token_, "\"}");
  EXPECT_EQ(ReasonOf(sessions_.Answer(Make("POST", {{"content-type", "text/plain"}}, body))), "CONTENT_TYPE");
  EXPECT_EQ(ReasonOf(SignIn(body, {{"sec-fetch-site", "cross-site"}})), "CROSS_SITE");
  EXPECT_EQ(SignIn(body, {{"sec-fetch-site", "same-origin"}}).status, 200);
}

TEST_F(SessionsTest, ReadingNeedsTheCookieAndChangingTheCsrfHeaderToo) {
  const std::string csrf = CsrfToken(token_);
  const struct {
    const char* name;
    const char* method;
    Headers headers;
    const char* refusal;
  } cases[] = {
      {"nothing", "GET", {}, "TOKEN_MISSING"},
      {"read", "GET", {{"cookie", cookie_}}, ""},
      {"head", "HEAD", {{"cookie", cookie_}}, ""},
      {"change", "POST", {{"cookie", cookie_}}, "CSRF_REFUSED"},
      {"change with header", "POST", {{"cookie", cookie_}, {"X-Zhenhui-Csrf", csrf}}, ""},
      {"delete with header", "DELETE", {{"cookie", cookie_}, {"X-Zhenhui-Csrf", csrf}}, ""},
      {"header of another",
       "PATCH",
       {{"cookie", cookie_}, {"x-zhenhui-csrf", CsrfToken("x")}},
       "CSRF_REFUSED"},
      {"bearer", "POST", {{"authorization", "Bearer " + token_}}, ""},
      {"bearer in small letters", "POST", {{"authorization", "bearer " + token_}}, ""},
      {"bearer wins", "GET", {{"authorization", "Bearer x"}, {"cookie", cookie_}}, "TOKEN_MALFORMED"},
      {"other scheme", "GET", {{"authorization", "Basic eDp5"}, {"cookie", cookie_}}, "TOKEN_MISSING"},
      {"another site reads", "GET", {{"cookie", cookie_}, {"sec-fetch-site", "cross-site"}}, "CROSS_SITE"},
      {"a sister site reads", "GET", {{"cookie", cookie_}, {"sec-fetch-site", "same-site"}}, "CROSS_SITE"},
      {"typed address", "GET", {{"cookie", cookie_}, {"sec-fetch-site", "none"}}, ""},
      {"own page", "GET", {{"cookie", cookie_}, {"sec-fetch-site", "same-origin"}}, ""},
      {"the cookie of TLS without it",
       "GET",
       {{"cookie", "__Host-zhenhui_session=" + token_}},
       "TOKEN_MISSING"},
  };
  for (const auto& test : cases) EXPECT_EQ(Refusal(test.method, test.headers), test.refusal) << test.name;
}

TEST_F(SessionsTest, OverTlsOnlyTheCookieOfThisHostCounts) {
  Request request = Make("GET", {{"cookie", cookie_}});
  request.secure = true;
  EXPECT_TRUE(std::holds_alternative<Response>(sessions_.Identify(request)));
  request.headers.Set("cookie", "__Host-zhenhui_session=" + token_);
  EXPECT_TRUE(std::holds_alternative<Caller>(sessions_.Identify(request)));
}

TEST_F(SessionsTest, SaysWhoIsSignedIn) {
  const Response who = sessions_.Answer(Make("GET", {{"cookie", cookie_}}));
  EXPECT_EQ(nlohmann::json::parse(who.body).at("csrfToken"), CsrfToken(token_));
  const Response by_token = sessions_.Answer(Make("GET", {{"authorization", "Bearer " + token_}}));
  EXPECT_FALSE(nlohmann::json::parse(by_token.body).contains("csrfToken"));
  EXPECT_EQ(sessions_.Answer(Make("GET", {})).status, 401);
  EXPECT_EQ(sessions_.Answer(Make("PUT", {})).status, 405);
}

TEST_F(SessionsTest, SigningOutTakesTheCookieAway) {
  EXPECT_EQ(ReasonOf(sessions_.Answer(Make("DELETE", {{"cookie", cookie_}}))), "CSRF_REFUSED");
  for (const Headers& headers : {Headers{{"cookie", cookie_}, {"x-zhenhui-csrf", CsrfToken(token_)}},
                                 Headers{{"cookie", "zhenhui_session=dead"}}, Headers{}}) {
    const Response out = sessions_.Answer(Make("DELETE", headers));
    EXPECT_EQ(out.status, 204);
    EXPECT_THAT(std::string(out.headers.Find("set-cookie")),
                StartsWith("zhenhui_session=; Path=/; Max-Age=0"));
  }
}

TEST(SessionLimits, CallsAreCountedBySubjectAndStrangersByAddress) {
  testing::FakeClock clock;
  OneTimeCodes codes(clock);
  Sessions sessions(testing::TestVerifier(), codes, clock, {.calls = {.per_second = 1, .burst = 2}});
  const auto status = [&sessions](const std::string& token, const std::string& peer) {
    const auto who =
        sessions.Identify({.method = "GET", .headers = {{"authorization", "Bearer " + token}}, .peer = peer});
    const Response* refused = std::get_if<Response>(&who);
    return refused == nullptr ? 200 : refused->status;
  };
  const std::string a = testing::Token(auth::Role::kDistrict, "*", "a");
  const std::string b = testing::Token(auth::Role::kDistrict, "*", "b");
  EXPECT_EQ(status(a, "1"), 200);
  EXPECT_EQ(status(a, "2"), 200);
  EXPECT_EQ(status(a, "3"), 429) << "from wherever";
  EXPECT_EQ(status(b, "1"), 200);
  EXPECT_EQ(status("x", "1"), 401);
  EXPECT_EQ(status("y", "1"), 401);
  EXPECT_EQ(status("z", "1"), 429);
  EXPECT_EQ(status("z", "2"), 401);
  clock.Advance(absl::Seconds(1));
  EXPECT_EQ(status(a, "1"), 200);
}

TEST(SessionLimits, GuessingSignInsIsSlowedDown) {
  testing::FakeClock clock;
  OneTimeCodes codes(clock);
  Sessions sessions(testing::TestVerifier(), codes, clock,
                    {.sign_in_interval = absl::Seconds(10), .sign_in_burst = 2});
  const auto attempt = [&sessions] {
    return sessions.Answer({.method = "POST",
                            .headers = {{"content-type", "application/json"}},
                            .body = R"({"code":"guess"})",
                            .peer = "9.9.9.9"});
  };
  EXPECT_EQ(attempt().status, 401);
  EXPECT_EQ(attempt().status, 401);
  const Response third = attempt();
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(third.headers.Find("retry-after"), "10");
  clock.Advance(absl::Seconds(10));
  EXPECT_EQ(attempt().status, 401);
}

}  // namespace
}  // namespace zhenhui::gateway::session
