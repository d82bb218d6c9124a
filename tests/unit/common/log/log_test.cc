#include "common/log/log.h"

#include <limits>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/testing/matchers.h"

namespace zhenhui::log {
namespace {

using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::StatusIs;

TEST(LogTest, LineIsOneJsonObjectWithTypedValues) {
  const std::string town = "630106101";
  const std::string line = FormatLine("2024-03-05T00:00:00Z", Level::kWarning, "pushed",
                                      {{"township", town},
                                       {"records", 500},
                                       {"bytes", std::size_t{7}},
                                       {"durable", true},
                                       {"ratio", 0.5},
                                       {"literal", "上新庄镇"}});
  EXPECT_EQ(line,
            R"({"time":"2024-03-05T00:00:00Z","level":"warning","message":"pushed","township":"630106101",)"
            R"("records":500,"bytes":7,"durable":true,"ratio":0.5,"literal":"上新庄镇"})");
}

TEST(LogTest, TextFromOutsideCannotBreakTheLine) {
  const std::string evil = std::string("a\"b\\c\nd\te\x01") + '\0' + "}";
  const std::string line = FormatLine("t", Level::kInfo, evil, {{"key", evil}});
  EXPECT_EQ(line.find('\n'), std::string::npos);
  const nlohmann::json parsed = nlohmann::json::parse(line);
  EXPECT_EQ(parsed["message"].get<std::string>(), evil);
  EXPECT_EQ(parsed["key"].get<std::string>(), evil);
}

TEST(LogTest, NumbersThatJsonDoesNotKnowBecomeNull) {
  const std::string line =
      FormatLine("t", Level::kInfo, "m", {{"nan", std::numeric_limits<double>::quiet_NaN()}});
  EXPECT_TRUE(nlohmann::json::parse(line)["nan"].is_null());
}

TEST(LogTest, LevelByNameDropsWhatIsBelow) {
  ASSERT_THAT(SetLevelByName("warning"), IsOk());
  EXPECT_FALSE(IsEnabled(Level::kInfo));
  EXPECT_TRUE(IsEnabled(Level::kWarning));
  EXPECT_THAT(SetLevelByName("loud"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_FALSE(IsEnabled(Level::kInfo)) << "a bad name changes nothing";
  SetLevel(Level::kInfo);
  EXPECT_TRUE(IsEnabled(Level::kInfo));
}

TEST(LogTest, InfoWritesOneLineToStandardError) {
  ::testing::internal::CaptureStderr();
  Info("hello", {{"n", 1}});
  Debug("not shown");
  const std::string text = ::testing::internal::GetCapturedStderr();
  const nlohmann::json parsed = nlohmann::json::parse(text);
  EXPECT_EQ(parsed["message"], "hello");
  EXPECT_EQ(parsed["n"], 1);
  EXPECT_EQ(text.back(), '\n');
}

TEST(LogTest, RequestIdsDiffer) {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(NewRequestId());
  EXPECT_EQ(ids.size(), 1000u);
  EXPECT_EQ(ids.begin()->size(), 16u);
}

}  // namespace
}  // namespace zhenhui::log
