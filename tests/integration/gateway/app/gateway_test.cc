#include "gateway/app/gateway.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "tests/testing/certificates.h"
#include "tests/testing/gateway/http_client.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::gateway {
namespace {

using http::Exchange;
using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::HttpClient;

std::string ReasonOf(const HttpAnswer& answer) {
  const auto body = nlohmann::json::parse(answer.body, nullptr, false);
  return body.is_object() && body.contains("error")
             ? body.at("error").at("details").at(0).at("reason").get<std::string>()
             : "";
}

class GatewayTest : public ::testing::Test {
 protected:
  GatewayTest() {
    char name[] = "/tmp/zhenhui-gateway-XXXXXX";
    folder_ = ::mkdtemp(name);
    std::ofstream(folder_ + "/index.html") << "<!doctype html>page";
  }
  ~GatewayTest() override { std::filesystem::remove_all(folder_); }

  // The API answers with the token that it was called with.
  void Start(GatewayOptions options = {}) {
    options.dashboard = folder_;
    options.access_log = AccessLog::kOff;
    options.limits.linger = absl::Milliseconds(100);
    auto gateway = Gateway::Start(std::move(options),
                                  {.verifier = testing::TestVerifier(),
                                   .clock = &clock_,
                                   .registry = &registry_,
                                   .api =
                                       [](Exchange& exchange, std::string token) {
                                         exchange.SetRoute("/v1/{echo}");
                                         return exchange.Send({.body = std::move(token)});
                                       },
                                   .docs = [](Exchange& exchange) { return exchange.Send({.body = "docs"}); },
                                   .ready = [this] { return ready_.load(); }});
    ASSERT_THAT(gateway, testing::IsOk());
    gateway_ = *std::move(gateway);
  }
  int port() const { return gateway_->port(); }

  const SystemClock clock_;
  metrics::Registry registry_;
  std::atomic<bool> ready_ = true;
  std::string folder_;
  std::unique_ptr<Gateway> gateway_;
};

TEST_F(GatewayTest, ALinkSignsInOnceAndTheCookieCallsTheApi) {
  Start();
  const std::string token = testing::Token(auth::Role::kDistrict, "*", "office");
  const std::string link = gateway_->SignInLink(token, absl::Hours(1));
  EXPECT_THAT(link, ::testing::StartsWith(absl::StrCat("http://127.0.0.1:", port(), "/sign-in#code=")));
  const std::string body = absl::StrCat(R"({"code":")", link.substr(link.find("code=") + 5), "\"}");
  HttpClient client(port());
  const HttpAnswer in = client.Request("POST", "/session", "content-type: application/json\r\n", body);
  ASSERT_EQ(in.status, 200) << in.body;
  const std::string set(in.headers.Find("set-cookie"));
  const std::string cookie = "cookie: " + set.substr(0, set.find(';')) + "\r\n";
  EXPECT_EQ(client.Get("/v1/x", cookie).body, token);
  EXPECT_EQ(ReasonOf(client.Request("POST", "/v1/x", cookie, "{}")), "CSRF_REFUSED");
  const std::string csrf = nlohmann::json::parse(client.Get("/session", cookie).body).at("csrfToken");
  EXPECT_EQ(client.Request("POST", "/v1/x", cookie + "x-zhenhui-csrf: " + csrf + "\r\n", "{}").body, token);
  EXPECT_EQ(client.Request("POST", "/session", "content-type: application/json\r\n", body).status, 401);
  const HttpAnswer out =
      client.Request("DELETE", "/session", cookie + "x-zhenhui-csrf: " + csrf + "\r\n", "");
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(std::string(out.headers.Find("set-cookie")), HasSubstr("Max-Age=0"));
}

TEST_F(GatewayTest, WithoutATokenNobodyReachesTheApi) {
  Start();
  HttpClient client(port());
  const HttpAnswer refused = client.Get("/v1/x");
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(ReasonOf(refused), "TOKEN_MISSING");
  EXPECT_EQ(refused.headers.Find("www-authenticate"), "Bearer");
}

TEST_F(GatewayTest, PathsLeadToTheirPart) {
  Start();
  HttpClient client(port());
  EXPECT_EQ(client.Get("/openapi.json").body, "docs");
  EXPECT_EQ(client.Get("/api").body, "docs");
  EXPECT_EQ(client.Get("/api/style.css").body, "docs");
  EXPECT_EQ(client.Get("/healthz").body, "ok\n");
  for (const char* page : {"/", "/sign-in", "/apiary", "/v1", "/sessions"}) {
    EXPECT_EQ(client.Get(page).body, "<!doctype html>page") << page;
  }
  EXPECT_EQ(ReasonOf(client.Get("/nope.js")), "PATH_UNKNOWN");
}

TEST_F(GatewayTest, EveryAnswerCarriesTheSecurityHeaders) {
  Start();
  const std::string token = "authorization: Bearer " + testing::Token(auth::Role::kDistrict, "*") + "\r\n";
  for (const char* path : {"/", "/v1/x", "/session", "/healthz", "/openapi.json", "/nope.js"}) {
    for (const std::string& headers : {std::string(), token}) {
      const HttpAnswer answer = HttpClient(port()).Get(path, headers);
      const std::string csp(answer.headers.Find("content-security-policy"));
      EXPECT_THAT(csp, HasSubstr("default-src 'none'; script-src 'self'; style-src 'self';")) << path;
      EXPECT_THAT(csp, HasSubstr("frame-ancestors 'none'")) << path;
      EXPECT_THAT(csp, ::testing::Not(HasSubstr("unsafe"))) << path;
      EXPECT_EQ(answer.headers.Find("x-content-type-options"), "nosniff") << path;
      EXPECT_EQ(answer.headers.Find("referrer-policy"), "no-referrer") << path;
      EXPECT_EQ(answer.headers.Find("cross-origin-opener-policy"), "same-origin") << path;
      EXPECT_EQ(answer.headers.Find("cache-control"), std::string(path) == "/" ? "no-cache" : "no-store")
          << path;
      EXPECT_FALSE(answer.headers.Has("strict-transport-security")) << path;
    }
  }
  HttpClient rubbish(port());
  rubbish.Send("rubbish\r\n\r\n");
  EXPECT_TRUE(rubbish.Read().headers.Has("content-security-policy"));
}

TEST_F(GatewayTest, OverTlsTheCookieIsSecureAndTheHostIsPinned) {
  testing::CertificateAuthority authority("test authority");
  const testing::Certificate issued = authority.Issue("localhost", "DNS:localhost");
  std::ofstream(folder_ + "/c.pem") << issued.certificate;
  std::ofstream(folder_ + "/k.pem") << issued.key;
  Start({.tls = {folder_ + "/c.pem", folder_ + "/k.pem"}});
  HttpClient client(port(), {.tls_ca = authority.certificate()});
  const std::string body = absl::StrCat(R"({"token":")", testing::Token(auth::Role::kDistrict, "*"), "\"}");
  const HttpAnswer in = client.Request("POST", "/session", "content-type: application/json\r\n", body);
  EXPECT_THAT(std::string(in.headers.Find("set-cookie")), ::testing::StartsWith("__Host-zhenhui_session="));
  EXPECT_THAT(std::string(in.headers.Find("set-cookie")), ::testing::EndsWith("; Secure"));
  EXPECT_THAT(std::string(in.headers.Find("strict-transport-security")), HasSubstr("max-age="));
  EXPECT_THAT(gateway_->url(), ::testing::StartsWith("https://"));
}

TEST_F(GatewayTest, BehindAProxyItsWordOnTheClientCounts) {
  Start({.behind_proxy = true, .sessions = {.sign_in_interval = absl::Hours(1), .sign_in_burst = 1}});
  HttpClient proxy(port());
  const auto attempt = [&proxy](const std::string& headers) {
    return proxy
        .Request("POST", "/session", "content-type: application/json\r\n" + headers, "{\"code\":\"x\"}")
        .status;
  };
  EXPECT_EQ(attempt("x-forwarded-for: 10.0.0.1\r\n"), 401);
  EXPECT_EQ(attempt("x-forwarded-for: 10.0.0.1\r\n"), 429);
  EXPECT_EQ(attempt("x-forwarded-for: 10.0.0.1, 10.0.0.2\r\n"), 401)
      << "the last one is what the proxy has seen";
  const std::string body = absl::StrCat(R"({"token":")", testing::Token(auth::Role::kDistrict, "*"), "\"}");
  const HttpAnswer in = proxy.Request("POST", "/session",
                                      "content-type: application/json\r\nx-forwarded-proto: https\r\n"
                                      "x-forwarded-for: 10.0.0.3\r\n",
                                      body);
  EXPECT_THAT(std::string(in.headers.Find("set-cookie")), ::testing::EndsWith("; Secure"));
}

TEST_F(GatewayTest, WithoutAProxyNobodyCanGiveHimselfAnotherAddress) {
  Start({.sessions = {.sign_in_interval = absl::Hours(1), .sign_in_burst = 1}});
  HttpClient client(port());
  const auto attempt = [&client](const std::string& from) {
    return client
        .Request("POST", "/session", "content-type: application/json\r\nx-forwarded-for: " + from + "\r\n",
                 "{\"code\":\"x\"}")
        .status;
  };
  EXPECT_EQ(attempt("10.0.0.1"), 401);
  EXPECT_EQ(attempt("10.0.0.2"), 429);
}

TEST_F(GatewayTest, SaysWhetherItIsReady) {
  Start();
  HttpClient client(port());
  EXPECT_EQ(client.Get("/readyz").status, 200);
  ready_ = false;
  EXPECT_EQ(ReasonOf(client.Get("/readyz")), "NOT_READY");
  EXPECT_EQ(client.Get("/healthz").status, 200);
}

TEST_F(GatewayTest, WhatWasAskedIsCountedByRouteAndCode) {
  Start();
  HttpClient client(port());
  client.Get("/v1/secret-name",
             "authorization: Bearer " + testing::Token(auth::Role::kDistrict, "*") + "\r\n");
  client.Get("/v1/secret-name");
  client.Get("/healthz");
  client.Close();
  // Its end is seen and counted a moment after the answer; stopping waits for that.
  gateway_->Stop(absl::Minutes(1));
  const std::string text = registry_.Render();
  EXPECT_THAT(text, HasSubstr("zhenhui_http_requests_total{code=\"200\",route=\"/v1/{echo}\"} 1"));
  EXPECT_THAT(text, HasSubstr("zhenhui_http_requests_total{code=\"401\",route=\"/v1 refused\"} 1"));
  EXPECT_THAT(text, HasSubstr("zhenhui_http_request_seconds_count{route=\"/healthz\"} 1"));
  EXPECT_THAT(text, HasSubstr("zhenhui_http_connections 0"));
  EXPECT_THAT(text, ::testing::Not(HasSubstr("secret-name")));
}

}  // namespace
}  // namespace zhenhui::gateway
