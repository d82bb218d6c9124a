#include "gateway/transcoding/transcoder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "google/api/httpbody.pb.h"
#include "tests/testing/gateway/proto_text.h"
#include "tests/testing/matchers.h"

namespace zhenhui::gateway::transcoding {
namespace {

using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;

TEST(TranscoderTest, RoutesTheServicesOfThisProduct) {
  const auto transcoder = Transcoder::Create(BuiltInDescriptors());
  ASSERT_THAT(transcoder, IsOk());
  EXPECT_GT((*transcoder)->routes().size(), 60u);
  const struct {
    const char* http_method;
    const char* path;
    const char* grpc_path;
  } cases[] = {
      {"GET", "/v1/rollups:compare", "/zhenhui.reporting.v1.RollupService/CompareTownships"},
      {"POST", "/v1/rollups:compare", "/zhenhui.reporting.v1.RollupService/CompareTownships"},
      {"HEAD", "/v1/kinds", "/zhenhui.activities.v1.ActivityService/ListKinds"},
      {"GET", "/v1/townships/630106101/villages/630106101201",
       "/zhenhui.townships.v1.TownshipService/GetVillage"},
      {"PATCH", "/v1/townships/630106101", "/zhenhui.townships.v1.TownshipService/UpdateTownship"},
      {"GET", "/v1/districts/630106/yearEnds/2024/townYears/630106101",
       "/zhenhui.reporting.v1.YearEndService/GetTownYear"},
  };
  for (const auto& test : cases) {
    const RouteMatch match = (*transcoder)->Find(test.http_method, test.path);
    ASSERT_EQ(match.kind, RouteMatch::Kind::kFound) << test.path;
    EXPECT_EQ((*transcoder)->routes()[static_cast<size_t>(match.route)].grpc_path, test.grpc_path);
  }
}

TEST(TranscoderTest, StreamsWithoutABindingHaveNoRoute) {
  const auto transcoder = *Transcoder::Create(BuiltInDescriptors());
  for (const Route& route : transcoder->routes()) {
    EXPECT_FALSE(route.method->client_streaming()) << route.grpc_path;
    EXPECT_NE(route.method->name(), "WatchChanges");
  }
}

TEST(TranscoderTest, RefusesWhatIsNoDescriptorSet) {
  EXPECT_THAT(Transcoder::Create("\xFFrubbish").status(), HasReason("DESCRIPTORS_INVALID"));
  EXPECT_THAT(Transcoder::Create("\x0A\x07\x0A\x02xx\x1A\x01y").status(), HasReason("DESCRIPTORS_INVALID"));
}

struct BadBinding {
  const char* binding;
  const char* reason;
  const char* message;
};

absl::Status Bind(const std::string& rule, const char* request = "Question") {
  return Transcoder::Create(
             testing::CompileProto(absl::StrReplaceAll(R"(
      syntax = "proto3"; package test.v1;
      import "google/api/annotations.proto"; import "google/api/httpbody.proto";
      message Sub { string text = 1; }
      message Question { string name = 1; Sub sub = 2; repeated string list = 3; map<string, string> map = 4; bytes blob = 5; }
      message Answer { google.api.HttpBody body = 1; string file_name = 2; Sub sub = 3; }
      service Test {
        rpc First(REQUEST) returns (Answer) { option (google.api.http) = {RULE}; }
        rpc Second(Question) returns (Answer) { option (google.api.http) = {get: "/v1/second/{name}"}; }
      })",
                                                       {{"RULE", rule}, {"REQUEST", request}})))
      .status();
}

TEST(TranscoderTest, RefusesBindingsThatCannotWorkByTheMethodsName) {
  EXPECT_THAT(Bind("get: '/v1/first/{name}'"), IsOk());
  EXPECT_THAT(Bind("get: '/v1/first/{sub.text}'"), IsOk());
  EXPECT_THAT(Bind("custom: {kind: 'REPORT' path: '/v1/first'}"), IsOk());
  const BadBinding cases[] = {
      {"get: '/v1/{nosuch}'", "ROUTE_INVALID", "no field \"nosuch\""},
      {"get: '/v1/{sub.nosuch}'", "ROUTE_INVALID", "no field \"sub.nosuch\""},
      {"get: '/v1/{name.x}'", "ROUTE_INVALID", "no field \"name.x\""},
      {"get: '/v1/{sub}'", "ROUTE_INVALID", "no single plain value"},
      {"get: '/v1/{list}'", "ROUTE_INVALID", "no single plain value"},
      {"get: '/v1/{name'", "TEMPLATE_INVALID", "'}' is expected"},
      {"post: '/v1/x' body: 'nosuch'", "ROUTE_INVALID", "for the body"},
      {"get: '/v1/x' body: '*'", "ROUTE_INVALID", "takes no body"},
      {"get: '/v1/x' response_body: 'nosuch'", "ROUTE_INVALID", "response has no field"},
      {"body: '*'", "ROUTE_INVALID", "no HTTP method"},
      {"get: '/v1/second/{name=*}'", "ROUTE_AMBIGUOUS", "test.v1.Test.First and test.v1.Test.Second"},
      {"get: '/v1/x' additional_bindings {get: '/v1/{nosuch}'}", "ROUTE_INVALID", "no field"},
      {"get: '/v1/x' additional_bindings {get: '/v1/y' additional_bindings {get: '/v1/z'}}", "ROUTE_INVALID",
       "do not nest"},
  };
  for (const BadBinding& test : cases) {
    const absl::Status status = Bind(test.binding);
    EXPECT_THAT(status, HasReason(test.reason)) << test.binding;
    EXPECT_THAT(std::string(status.message()), HasSubstr(test.message)) << test.binding;
    EXPECT_THAT(std::string(status.message()), HasSubstr("test.v1.Test.First")) << test.binding;
  }
  EXPECT_THAT(Bind("get: '/v1/x'", "stream Question"), HasReason("ROUTE_INVALID"));
}

TEST(TranscoderTest, TakesFilesOutOfAnswersWithTheirNames) {
  const auto transcoder = *Transcoder::Create(BuiltInDescriptors());
  const RouteMatch match = transcoder->Find("GET", "/v1/rollups:export");
  ASSERT_EQ(match.kind, RouteMatch::Kind::kFound);
  const Route& route = transcoder->routes()[static_cast<size_t>(match.route)];
  ASSERT_TRUE(route.raw_answer);
  google::api::HttpBody body;
  body.set_content_type("text/csv");
  body.set_data(std::string("\0\xFF", 2));
  const std::string inner = body.SerializeAsString();
  const std::string name = "比较.csv";
  const std::string answer = absl::StrCat("\x0A", std::string(1, static_cast<char>(inner.size())), inner,
                                          "\x12", std::string(1, static_cast<char>(name.size())), name);
  const auto raw = transcoder->TakeRaw(route, answer);
  ASSERT_THAT(raw, IsOk());
  EXPECT_EQ(raw->content_type, "text/csv");
  EXPECT_EQ(raw->data, std::string("\0\xFF", 2));
  EXPECT_EQ(raw->file_name, name);
  EXPECT_THAT(transcoder->TakeRaw(route, answer.substr(0, answer.size() - 1)).status(),
              HasReason("ANSWER_MALFORMED"));
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding
