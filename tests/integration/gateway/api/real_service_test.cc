// The API before a real service: what HTTP says arrives, is stored, and comes back.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include <nlohmann/json.hpp>

#include "gateway/api/api_handler.h"
#include "gateway/http/server.h"
#include "services/townships/service.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/gateway/http_client.h"
#include "tests/testing/service_host.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::testing {
namespace {

class RealServiceTest : public ::testing::Test {
 protected:
  RealServiceTest() {
    gateway::upstream::Upstreams upstreams;
    upstreams.Add("", host_.Channel(auth::Role::kAdmin, ""));  // no token but the caller's
    api_ = *gateway::ApiHandler::Create(
        *gateway::transcoding::Transcoder::Create(gateway::transcoding::BuiltInDescriptors()),
        std::move(upstreams));
    server_ = *gateway::http::Server::Start(
        {}, [this](gateway::http::Exchange& exchange) { return api_->Handle(exchange, token_); });
  }

  nlohmann::json Ask(const char* method, const char* path, const std::string& body, int expected_status) {
    HttpClient client(server_->port());
    const HttpAnswer answer =
        client.Request(method, path, body.empty() ? "" : "content-type: application/json\r\n", body);
    EXPECT_EQ(answer.status, expected_status) << method << " " << path << ": " << answer.body;
    return nlohmann::json::parse(answer.body, nullptr, false);
  }

  FakeClock clock_;
  ServiceHost host_{townships::TownshipsSchema(), townships::CreateService, clock_};
  std::string token_ = Token(auth::Role::kAdmin, "*");
  std::unique_ptr<const gateway::ApiHandler> api_;
  std::unique_ptr<gateway::http::Server> server_;
};

TEST_F(RealServiceTest, ADistrictIsCreatedChangedAndRead) {
  const auto created = Ask("POST", "/v1/districts",
                           R"({"name": "districts/630106", "displayNameZh": "湟中区"})", 200)["district"];
  EXPECT_EQ(created["confirmationDueDay"], 5);
  const auto changed = Ask("PATCH", "/v1/districts/630106?updateMask=confirmationDueDay",
                           R"({"confirmationDueDay": 8, "displayNameZh": "left alone"})", 200)["district"];
  EXPECT_EQ(changed["confirmationDueDay"], 8);
  const auto read = Ask("GET", "/v1/districts/630106", "", 200)["district"];
  EXPECT_EQ(read["displayNameZh"], "湟中区");
  EXPECT_EQ(read["etag"], changed["etag"]);
  EXPECT_EQ(Ask("GET", "/v1/districts", "", 200)["districts"].size(), 1u);
}

TEST_F(RealServiceTest, TheServicesRefusalsReachTheCallerWithTheirReason) {
  auto error = Ask("GET", "/v1/districts/630106", "", 404)["error"];
  EXPECT_EQ(error["status"], "NOT_FOUND");
  EXPECT_EQ(error["details"][0]["domain"], "zhenhui");
  token_.clear();
  error = Ask("GET", "/v1/districts/630106", "", 401)["error"];
  EXPECT_EQ(error["status"], "UNAUTHENTICATED");
  token_ = Token(auth::Role::kReporter, "630106101");
  error = Ask("POST", "/v1/districts", R"({"name": "districts/630106", "displayNameZh": "x"})", 403)["error"];
  EXPECT_EQ(error["status"], "PERMISSION_DENIED");
}

}  // namespace
}  // namespace zhenhui::testing
