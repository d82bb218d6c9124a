// The gateway as it ships: inside the standalone, and as a program of its own in front of the services' port.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "absl/time/clock.h"
#include "tests/e2e/program.h"
#include "tests/e2e/standalone_process.h"
#include "tests/testing/gateway/http_client.h"

namespace zhenhui::e2e {
namespace {

using ::testing::HasSubstr;
using testing::HttpAnswer;
using testing::HttpClient;

int PortIn(const std::string& file) {
  int port = 0;
  std::ifstream(file) >> port;
  return port;
}

// The header of the session that a code opens; empty if it opens none.
std::string SignIn(HttpClient& client, const std::string& link) {
  const std::string code = link.substr(link.find("#code=") + 6);
  const HttpAnswer answer = client.Request("POST", "/session", "content-type: application/json\r\n",
                                           "{\"code\":\"" + code.substr(0, code.find('\n')) + "\"}");
  const std::string cookie(answer.headers.Find("set-cookie"));
  return answer.status == 200 ? "cookie: " + cookie.substr(0, cookie.find(';')) + "\r\n" : "";
}

class GatewayEndToEnd : public ::testing::Test {
 protected:
  void Start(const std::vector<std::string>& more) {
    std::vector<std::string> place = {"--data-dir", scratch_ / "data"};
    place.insert(place.end(), more.begin(), more.end());
    standalone_.emplace(place, scratch_ / "data/keys", scratch_);
    ASSERT_TRUE(standalone_->AwaitReady()) << standalone_->log();
  }

  const TempFolder scratch_;
  std::optional<StandaloneProcess> standalone_;
};

TEST_F(GatewayEndToEnd, TheStandalonesLinkSignsInOnceAndTheApiAnswers) {
  Start({"--http-ready-file", scratch_ / "http", "--sign-in-file", scratch_ / "link"});
  const std::string link = ReadFile(scratch_ / "link");
  EXPECT_THAT(standalone_->log(), HasSubstr(link.substr(0, link.find('\n'))));
  EXPECT_EQ(ModeOf(scratch_ / "link"), 0600);
  HttpClient client(PortIn(scratch_ / "http"));
  const std::string cookie = SignIn(client, link);
  ASSERT_NE(cookie, "");
  EXPECT_EQ(SignIn(client, link), "");
  const HttpAnswer metrics = client.Get("/v1/metrics", cookie);
  EXPECT_EQ(metrics.status, 200);
  EXPECT_FALSE(nlohmann::json::parse(metrics.body).at("metrics").empty());
  EXPECT_EQ(client.Get("/readyz").status, 200);
  EXPECT_EQ(nlohmann::json::parse(client.Get("/openapi.json").body).at("openapi").get<std::string>()[0], '3');
  standalone_->program().Signal(SIGTERM);
  EXPECT_EQ(standalone_->program().AwaitEnd(), 0);
}

TEST_F(GatewayEndToEnd, ItCanBeOff) {
  Start({"--http", "off", "--http-ready-file", scratch_ / "http"});
  EXPECT_EQ(PortIn(scratch_ / "http"), 0);
  EXPECT_THAT(standalone_->log(), ::testing::Not(HasSubstr("sign-in")));
}

TEST_F(GatewayEndToEnd, ADashboardThatIsNotThereEndsTheStart) {
  StandaloneProcess standalone({"--data-dir", scratch_ / "data", "--dashboard", "/nowhere"},
                               scratch_ / "data/keys", scratch_);
  EXPECT_EQ(standalone.program().AwaitEnd(), 1);
  EXPECT_THAT(standalone.log(), HasSubstr("DASHBOARD_MISSING"));
}

TEST_F(GatewayEndToEnd, TheGatewayAsAProgramServesInFrontOfTheServicesPort) {
  Start({"--http", "off"});
  const std::string services = standalone_->address();
  Program gateway("zhenhui-gateway",
                  {"--listen", "127.0.0.1:0", "--ready-file", scratch_ / "gateway-port", "--townships",
                   services, "--activities", services, "--reporting", services, "--auth-public-key",
                   standalone_->keys() + "/public-key.pem"},
                  scratch_ / "gateway.log");
  const absl::Time give_up = absl::Now() + absl::Minutes(1);
  while (PortIn(scratch_ / "gateway-port") == 0 && gateway.running() && absl::Now() < give_up)
    absl::SleepFor(absl::Milliseconds(10));
  ASSERT_NE(PortIn(scratch_ / "gateway-port"), 0) << ReadFile(scratch_ / "gateway.log");
  HttpClient client(PortIn(scratch_ / "gateway-port"));
  std::string token = ReadFile(standalone_->keys() + "/admin.token");
  token.pop_back();  // its newline
  const std::string bearer = "authorization: Bearer " + token + "\r\n";
  EXPECT_EQ(client.Get("/v1/metrics").status, 401);
  EXPECT_EQ(client.Get("/v1/metrics", bearer).status, 200);
  EXPECT_THAT(client.Get("/v1/metrics/nonsense", bearer).body, HasSubstr("NOT_FOUND"));
  gateway.Signal(SIGTERM);
  EXPECT_EQ(gateway.AwaitEnd(), 0);
  EXPECT_THAT(ReadFile(scratch_ / "gateway.log"), ::testing::Not(HasSubstr(token)));
}

}  // namespace
}  // namespace zhenhui::e2e
