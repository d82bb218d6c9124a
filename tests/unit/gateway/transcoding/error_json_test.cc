#include "gateway/transcoding/error_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace zhenhui::gateway::transcoding {
namespace {

class ErrorJsonTest : public ::testing::Test {
 protected:
  const std::unique_ptr<const Schema> schema_ = *Schema::Load(BuiltInDescriptors());
  const Plans plans_{*schema_};
};

TEST_F(ErrorJsonTest, MapsEachCodeToItsHttpStatus) {
  const int expected[] = {200, 499, 500, 400, 504, 404, 409, 403, 429,
                          400, 409, 400, 501, 500, 503, 500, 401};
  for (int code = 0; code < 17; ++code) EXPECT_EQ(HttpStatusOf(code), expected[code]) << CodeName(code);
  EXPECT_EQ(HttpStatusOf(99), 500);
  EXPECT_EQ(HttpStatusOf(-1), 500);
  EXPECT_EQ(CodeName(5), "NOT_FOUND");
  EXPECT_EQ(CodeName(99), "UNKNOWN");
}

TEST_F(ErrorJsonTest, CarriesTheDetailsOfTheService) {
  google::rpc::Status status;
  google::rpc::ErrorInfo info;
  info.set_reason("QUEUE_FULL");
  info.set_domain("zhenhui");
  (*info.mutable_metadata())["town"] = "630106101";
  status.add_details()->PackFrom(info);
  google::rpc::RetryInfo retry;
  retry.mutable_retry_delay()->set_seconds(1);
  retry.mutable_retry_delay()->set_nanos(200'000'000);
  status.add_details()->PackFrom(retry);
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("activity.date");
  status.add_details()->PackFrom(bad);
  const std::string details = status.SerializeAsString();

  const HttpError error = MakeHttpError(
      plans_, {.code = 8, .message = "too \"much\" 工作", .details = details, .request_id = "r-1"});
  EXPECT_EQ(error.status, 429);
  EXPECT_EQ(error.retry_after, 2);
  EXPECT_EQ(nlohmann::json::parse(error.body), nlohmann::json::parse(R"({"error": {
    "code": 429, "status": "RESOURCE_EXHAUSTED", "message": "too \"much\" 工作", "details": [
      {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "QUEUE_FULL", "domain": "zhenhui",
       "metadata": {"town": "630106101"}},
      {"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "1.200s"},
      {"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations": [{"field": "activity.date"}]},
      {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "r-1"}]}})"));
}

TEST_F(ErrorJsonTest, KeepsDetailsThatItDoesNotKnowAsBytes) {
  google::rpc::Status status;
  status.add_details()->set_type_url("type.googleapis.com/not.Known");
  status.mutable_details(0)->set_value("abc");
  status.add_details()->set_type_url("type.googleapis.com/google.rpc.ErrorInfo");
  status.mutable_details(1)->set_value("\x0A\x05");  // cut off
  const std::string details = status.SerializeAsString();
  const nlohmann::json body =
      nlohmann::json::parse(MakeHttpError(plans_, {.code = 5, .details = details}).body);
  EXPECT_EQ(body["error"]["details"],
            nlohmann::json::parse(R"([{"@type": "type.googleapis.com/not.Known", "value": "YWJj"},
                            {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "value": "CgU="}])"));
}

TEST_F(ErrorJsonTest, SurvivesRubbish) {
  const HttpError error =
      MakeHttpError(plans_, {.code = 13, .message = "a\xFF\n", .details = "\xFF\xFF rubbish"});
  EXPECT_EQ(nlohmann::json::parse(error.body),
            nlohmann::json::parse(
                "{\"error\": {\"code\": 500, \"status\": \"INTERNAL\", \"message\": \"a\xEF\xBF\xBD\\n\"}}"));
}

TEST_F(ErrorJsonTest, MayHaveAnotherHttpStatusThanItsCode) {
  const nlohmann::json body =
      nlohmann::json::parse(MakeHttpError(plans_, {.code = 12, .message = "m", .http_status = 405}).body);
  EXPECT_EQ(body["error"]["code"], 405);
  EXPECT_EQ(body["error"]["status"], "UNIMPLEMENTED");
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding
