#include "services/reporting/narrative/plain_table.h"

#include <gmock/gmock.h>

namespace zhenhui::reporting::narrative {
namespace {

using ::testing::ElementsAre;

TEST(PlainTableTest, LabelsAndValuesBecomeSentences) {
  EXPECT_THAT(TableTexts({{"项目", "数量"}, {"法治讲座", "6场"}}),
              ElementsAre("项目、数量", "法治讲座：6场"));
  EXPECT_THAT(TableTexts({{"序号", "指标", "单位", "完成数"}, {"1", "法治讲座", "场", "６"}}),
              ElementsAre("序号、指标、单位、完成数", "法治讲座：６场"));
  EXPECT_THAT(TableTexts({{"法治讲座（场）", "宣传活动"}, {"6", "43场次"}}),
              ElementsAre("法治讲座（场）、宣传活动", "法治讲座（场）：6。宣传活动：43场次"));
}

TEST(PlainTableTest, ARowOfAPeriodKeepsItAndATotalNeedsNone) {
  EXPECT_THAT(TableTexts({{"时间", "法治讲座（场）"}, {"上半年", "2"}, {"合计", "6"}}),
              ElementsAre("时间、法治讲座（场）", "上半年法治讲座（场）：2", "法治讲座（场）：6"));
}

TEST(PlainTableTest, ARowAboutAVillageOrAPersonIsNoClaimAboutTheTown) {
  EXPECT_THAT(TableTexts({{"村名", "法治讲座"}, {"示例一村", "2"}}),
              ElementsAre("村名、法治讲座", "示例一村|2"));
  EXPECT_THAT(TableTexts({{"地点", "法治讲座"}, {"示例社区", "2"}}),
              ElementsAre("地点、法治讲座", "示例社区|2"));
  EXPECT_THAT(TableTexts({{"姓名", "咨询"}, {"甲", "2"}}), ElementsAre("姓名、咨询", "甲|2"));
}

TEST(PlainTableTest, WhatIsNoSimpleTableStaysAsItIs) {
  EXPECT_THAT(TableTexts({}), ElementsAre());
  EXPECT_THAT(TableTexts({{"法治讲座", "6"}}), ElementsAre("法治讲座、6"));
  EXPECT_THAT(TableTexts({{"1", "2"}, {"3", "4"}}), ElementsAre("1、2", "3、4"));
  EXPECT_THAT(TableTexts({{"项目", "说明"}, {"讲座", "年内共举办法治讲座6场，受众500人次"}}),
              ElementsAre("项目、说明", "讲座|年内共举办法治讲座6场，受众500人次"));
  EXPECT_THAT(TableTexts({{"a"}, {}, {"", "", ""}}), ElementsAre("a", "", ""));
}

}  // namespace
}  // namespace zhenhui::reporting::narrative
