#include "gateway/http/errors.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace zhenhui::gateway::http {
namespace {

TEST(ErrorAnswer, HasTheFormOfTheApisErrors) {
  const Response answer =
      ErrorAnswer({429, "RESOURCE_EXHAUSTED", "RATE_LIMITED", "慢一点", "slow \"down\""}, 7);
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(answer.headers.Find("retry-after"), "7");
  const auto error = nlohmann::json::parse(answer.body).at("error");
  EXPECT_EQ(error.at("code"), 429);
  EXPECT_EQ(error.at("status"), "RESOURCE_EXHAUSTED");
  EXPECT_EQ(error.at("message"), "慢一点 / slow \"down\"");
  EXPECT_EQ(error.at("details").at(0).at("@type"), "type.googleapis.com/google.rpc.ErrorInfo");
  EXPECT_EQ(error.at("details").at(0).at("reason"), "RATE_LIMITED");
  EXPECT_EQ(error.at("details").at(0).at("domain"), "zhenhui");
  EXPECT_FALSE(ErrorAnswer({404, "NOT_FOUND", "X", "", ""}).headers.Has("retry-after"));
}

TEST(JsonString, EscapesWhatJsonWants) {
  EXPECT_EQ(JsonString("a\"b\\c\n\x01 镇"), "\"a\\\"b\\\\c\\u000a\\u0001 镇\"");
  EXPECT_EQ(JsonString("\xff"), "\"\xEF\xBF\xBD\"");
}

}  // namespace
}  // namespace zhenhui::gateway::http
