#include "clients/zhenhui/client/positions.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "absl/strings/escaping.h"
#include "clients/zhenhui/client/pusher.h"
#include "clients/zhenhui/client/token_scope.h"
#include "clients/zhenhui/commands/activity_change.h"
#include "clients/zhenhui/commands/query_options.h"
#include "tests/testing/matchers.h"

namespace zhenhui::cli {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

TEST(PositionsTest, TokensReadBackAsTheyArePrinted) {
  const auto position = ParsePosition("activities:630106101:42");
  ASSERT_TRUE(position.has_value());
  EXPECT_EQ(position->township(), "townships/630106101");
  EXPECT_EQ(position->revision(), 42);
  EXPECT_EQ(FormatPosition(*position), "activities:630106101:42");
  for (const char* text : {"", "activities:630106101", "other:630106101:1", "activities::1", "activities:1:x",
                           "activities:1:-1"}) {
    EXPECT_FALSE(ParsePosition(text).has_value()) << text;
  }
}

TEST(PositionsTest, TheNewestWriteToEachTownIsKeptForEachServer) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("zhenhui-positions-" + std::to_string(getpid()));
  setenv("ZHENHUI_STATE_DIR", folder.c_str(), 1);
  Positions first;
  first.Add(*ParsePosition("activities:630106101:5"));
  first.Add(*ParsePosition("activities:630106101:7"));
  first.Add(*ParsePosition("activities:630106102:3"));
  StorePositions("one:1", first);
  Positions second;
  second.Add(*ParsePosition("activities:630106101:2"));  // the server was set up anew
  StorePositions("one:1", second);
  const auto kept = LoadPositions("one:1");
  ASSERT_EQ(kept.size(), 2u);
  EXPECT_EQ(FormatPosition(kept[0]), "activities:630106101:2");
  EXPECT_EQ(FormatPosition(kept[1]), "activities:630106102:3");
  EXPECT_TRUE(LoadPositions("two:1").empty());
  std::filesystem::remove_all(folder);
  unsetenv("ZHENHUI_STATE_DIR");
}

TEST(TokenScopeTest, TheScopeIsReadWithoutCheckingTheSignature) {
  std::string payload;
  absl::WebSafeBase64Escape(R"({"role":"reporter","scope":"630106101"})", &payload);
  EXPECT_EQ(ScopeOfToken("head." + payload + ".signature"), "630106101");
  for (const char* token : {"", "x", "a.b.c", "a.e30.c"}) EXPECT_EQ(ScopeOfToken(token), "") << token;
}

TEST(PeriodOptionsTest, PeriodsCanBeSaidInSeveralWays) {
  const Date today(2024, 5, 17);
  PeriodOptions options;
  EXPECT_THAT(options.Resolve(today), IsOkAndHolds(Period{Date(2024, 1, 1), Date(2024, 12, 31)}));
  options.year = 2023;
  EXPECT_THAT(options.Resolve(today), IsOkAndHolds(Period{Date(2023, 1, 1), Date(2023, 12, 31)}));
  options.quarter = 2;
  EXPECT_THAT(options.Resolve(today), IsOkAndHolds(Period{Date(2023, 4, 1), Date(2023, 6, 30)}));
  options.quarter = 0;
  options.month = "2";
  EXPECT_THAT(options.Resolve(today), IsOkAndHolds(Period{Date(2023, 2, 1), Date(2023, 2, 28)}));
  options.quarter = 1;
  EXPECT_THAT(options.Resolve(today), HasReason("USAGE"));
  PeriodOptions days;
  days.from = "2024/3/5";
  EXPECT_THAT(days.Resolve(today), IsOkAndHolds(Period{Date(2024, 3, 5), today}));
  days.to = "2024-03-01";
  EXPECT_THAT(days.Resolve(today), HasReason("USAGE"));
  days.year = 2024;
  EXPECT_THAT(days.Resolve(today), HasReason("USAGE"));
}

TEST(ActivityChangeTest, SettingsBecomeFieldsAndMask) {
  activities::v1::UpdateActivityRequest request;
  ASSERT_THAT(
      ApplySettings({"date=2024/3/6", "measures.cases=1,200", "audiences=students;women", "note="}, &request),
      IsOk());
  EXPECT_EQ(request.activity().date(), "2024-03-06");
  EXPECT_EQ(request.activity().measures().at("cases"), 1200);
  EXPECT_EQ(request.activity().audiences_size(), 2);
  EXPECT_EQ(request.update_mask().paths_size(), 4);
  for (const char* bad : {"date", "date=soon", "measures.cases=many", "colour=red"}) {
    EXPECT_THAT(ApplySettings({bad}, &request), HasReason("USAGE")) << bad;
  }
}

TEST(BatchBuilderTest, BatchesAreCutByNumberAndBySize) {
  BatchBuilder by_number("630106101", 2);
  for (size_t i = 0; i < 5; ++i) by_number.Add(activities::v1::Activity(), i);
  const std::vector<Batch> batches = by_number.Take();
  ASSERT_EQ(batches.size(), 3u);
  EXPECT_EQ(batches[2].records, std::vector<size_t>{4});
  BatchBuilder by_size("630106101", 1000);
  activities::v1::Activity large;
  large.set_note(std::string(1'000'000, 'x'));
  for (size_t i = 0; i < 6; ++i) by_size.Add(large, i);
  for (const Batch& batch : by_size.Take()) EXPECT_LT(batch.request.ByteSizeLong(), size_t{4} << 20);
}

}  // namespace
}  // namespace zhenhui::cli
