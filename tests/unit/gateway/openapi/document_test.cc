#include "gateway/openapi/document.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

#include "gateway/openapi/comments.h"
#include "gateway/openapi/page.h"
#include "tests/testing/gateway/proto_text.h"

namespace zhenhui::gateway::openapi {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Json BuiltInDocument() {
  return MakeDocument(**transcoding::Transcoder::Create(transcoding::BuiltInDescriptors()));
}

TEST(OpenApiTest, DescribesEveryRouteOnce) {
  const auto transcoder = *transcoding::Transcoder::Create(transcoding::BuiltInDescriptors());
  const Json document = MakeDocument(*transcoder);
  std::set<std::string> ids;
  size_t operations = 0;
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      ++operations;
      ids.insert(operation["operationId"].get<std::string>());
      EXPECT_FALSE(operation["summary"].get<std::string>().empty()) << path;
    }
  }
  EXPECT_EQ(operations, transcoder->routes().size());
  EXPECT_EQ(ids.size(), operations) << "operation ids are distinct";
}

TEST(OpenApiTest, EveryReferenceLeadsSomewhere) {
  const Json document = BuiltInDocument();
  size_t references = 0;
  const std::function<void(const Json&)> walk = [&](const Json& node) {
    if (node.is_object() && node.contains("$ref") && node["$ref"].is_string()) {
      ++references;
      EXPECT_TRUE(document.contains(Json::json_pointer(node["$ref"].get<std::string>().substr(1))))
          << node["$ref"];
    }
    if (node.is_structured()) {
      for (const auto& child : node) walk(child);
    }
  };
  walk(document);
  EXPECT_GT(references, 200u);
}

TEST(OpenApiTest, SaysWhatTheProtosSay) {
  const Json document = BuiltInDocument();
  const Json& get = document["paths"]["/v1/rollups:compare"]["get"];
  EXPECT_EQ(get["operationId"], "RollupService_CompareTownships");
  EXPECT_THAT(get["summary"].get<std::string>(), HasSubstr("Compares towns"));
  std::set<std::string> names, required;
  for (const Json& parameter : get["parameters"]) {
    if (!parameter.contains("name")) continue;
    names.insert(parameter["name"]);
    if (parameter["required"] == true) required.insert(parameter["name"]);
  }
  EXPECT_THAT(names, ElementsAre("endDate", "metrics", "normalisation", "scope.district", "scope.townships",
                                 "startDate"));
  EXPECT_THAT(required, ElementsAre("endDate", "metrics", "startDate"));
  const Json& post = document["paths"]["/v1/rollups:compare"]["post"];
  EXPECT_EQ(post["operationId"], "RollupService_CompareTownships_2");
  EXPECT_EQ(post["requestBody"]["content"]["application/json"]["schema"]["$ref"],
            "#/components/schemas/reporting.v1.CompareTownshipsRequest");
  EXPECT_THAT(
      document["components"]["schemas"]["reporting.v1.RankWithheld"]["description"].get<std::string>(),
      HasSubstr("`RANK_WITHHELD_NO_BASE`: The number of villages"));
}

TEST(OpenApiTest, WhatThePathGivesIsNotInTheBody) {
  const Json document = BuiltInDocument();
  const Json& operation =
      document["paths"]["/v1/districts/{districtsId}/yearEnds/{yearEndsId}:close"]["post"];
  ASSERT_TRUE(operation.is_object());
  const Json& schema = operation["requestBody"]["content"]["application/json"]["schema"];
  EXPECT_FALSE(schema["properties"].contains("name"));
  EXPECT_TRUE(schema["properties"].contains("validateOnly"));
}

TEST(OpenApiTest, StreamsAndFilesSayWhatTheySend) {
  const Json document = BuiltInDocument();
  const Json& watch = document["paths"]["/v1/rollups:watch"]["get"]["responses"]["200"]["content"];
  EXPECT_TRUE(watch.contains("text/event-stream"));
  EXPECT_TRUE(watch.contains("application/x-ndjson"));
  EXPECT_TRUE(document["paths"]["/v1/rollups:export"]["get"]["responses"]["200"]["content"].contains(
      "application/octet-stream"));
}

TEST(OpenApiTest, WritesPathsThatOpenApiCanSay) {
  const struct {
    const char* path_template;
    const char* path;
  } cases[] = {
      {"/v1/kinds", "/v1/kinds"},
      {"/v1/{name=townships/*/alarms/*}:explain", "/v1/townships/{townshipsId}/alarms/{alarmsId}:explain"},
      {"/v1/{name=districts/*}/townYears/{township}", "/v1/districts/{districtsId}/townYears/{township}"},
      {"/v1/{a.b}/x/{c.b}", "/v1/{b}/x/{b2}"},
      {"/v1/files/{path=**}", "/v1/files/{path}"},
  };
  for (const auto& test : cases) {
    std::vector<std::string> names;
    EXPECT_EQ(OpenApiPath(*transcoding::ParsePathTemplate(test.path_template), &names), test.path);
  }
}

TEST(OpenApiTest, TheFirstSentenceEndsAtItsStop) {
  EXPECT_EQ(FirstSentence("Lists 1.5 things. And more."), "Lists 1.5 things");
  EXPECT_EQ(FirstSentence("列出。更多"), "列出");
  EXPECT_EQ(FirstSentence("No stop"), "No stop");
  EXPECT_EQ(FirstSentence("Line\nanother"), "Line");
  EXPECT_EQ(FirstSentence(""), "");
}

TEST(ApiPageTest, HoldsEveryOperationAndNothingThatRuns) {
  const Json document = BuiltInDocument();
  const std::string page = MakePage(document);
  for (const auto& [path, methods] : document["paths"].items()) {
    for (const auto& [method, operation] : methods.items()) {
      EXPECT_THAT(page, HasSubstr("<article id=\"" + operation["operationId"].get<std::string>() + "\">"));
    }
  }
  for (const char* forbidden : {"<script", " style=", " onclick=", "javascript:", "http://", "https://"}) {
    EXPECT_THAT(page, Not(HasSubstr(forbidden)));
  }
}

TEST(ApiPageTest, CommentsCannotBecomeMarkup) {
  const auto transcoder = *transcoding::Transcoder::Create(testing::CompileProto(R"(
    syntax = "proto3"; package test.v1; import "google/api/annotations.proto";
    message Question { /* <script>alert("1")</script> & */ string name = 1; }
    service Test { /* Does <b>it</b>. */ rpc Ask(Question) returns (Question) { option (google.api.http) = {get: "/v1/ask"}; } }
  )"));
  EXPECT_THAT(MakePage(MakeDocument(*transcoder)), Not(HasSubstr("<script")));
  EXPECT_THAT(MakePage(MakeDocument(*transcoder)), Not(HasSubstr("<b>")));
}

}  // namespace
}  // namespace zhenhui::gateway::openapi
