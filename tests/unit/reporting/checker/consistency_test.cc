#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/reporting/checker/fixture.h"

// The text against itself; nothing need be recorded.
namespace zhenhui::reporting::checker::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Contradicting(const std::string& text) {
  std::vector<std::string> quotes;
  for (const Finding& finding : Check(text)) {
    if (finding.verdict == Verdict::kInconsistent) quotes.push_back(finding.quote);
  }
  return quotes;
}

TEST(ConsistencyTest, PartsMayNotExceedTheirWhole) {
  EXPECT_THAT(Contradicting("办理行政处罚15件，其中简易程序9件、普通程序8件。"), ElementsAre("8件"));
  EXPECT_THAT(Contradicting("办理行政处罚15件，其中简易程序16件。"), ElementsAre("16件"));
  EXPECT_THAT(Contradicting("办理行政处罚15件，其中简易程序6件、普通程序9件。"), IsEmpty());
  EXPECT_THAT(Contradicting("办理行政处罚15件，其中简易程序6件。"), IsEmpty());
}

TEST(ConsistencyTest, AnApproximateWholeAllowsWhatItsIntervalAllows) {
  EXPECT_THAT(Contradicting("办理行政处罚40余件，其中简易程序45件。"), IsEmpty());
  EXPECT_THAT(Contradicting("办理行政处罚40余件，其中简易程序51件。"), ElementsAre("51件"));
}

TEST(ConsistencyTest, ARateMustFollowFromTheFiguresBesideIt) {
  EXPECT_THAT(Contradicting("受理调解案件50件，调解成功40件，调解成功率95%。"), ElementsAre("95%"));
  EXPECT_THAT(Contradicting("受理调解案件97件，调解成功95件，调解成功率97.9%。"), IsEmpty());
  EXPECT_THAT(Contradicting("受理调解案件97件，调解成功95件，调解成功率97%以上。"), IsEmpty());
  EXPECT_THAT(Contradicting("受理信访事项46件，办结45件，办结率100%。"), ElementsAre("100%"));
  EXPECT_THAT(Contradicting("应考人数80人，实际参考76人，参考率95%。"), IsEmpty());
}

TEST(ConsistencyTest, TheSameFigureMayNotBeGivenTwiceWithOtherValues) {
  EXPECT_THAT(Contradicting("举办法治讲座6场。今年共举办法治讲座8场。"), ElementsAre("8场"));
  EXPECT_THAT(Contradicting("举办法治讲座6场。今年共举办法治讲座6场。"), IsEmpty());
  EXPECT_THAT(Contradicting("开展法治宣传43场次。全年开展法治宣传40余场次。"), IsEmpty());
  EXPECT_THAT(Contradicting("上半年举办法治讲座6场。下半年举办法治讲座8场。"), IsEmpty());
  EXPECT_THAT(Contradicting("宪法宣传周期间发放宣传资料500份。全年发放宣传资料4160份。"), IsEmpty());
  EXPECT_THAT(Contradicting("举办法治讲座6场。计划举办法治讲座8场。"), IsEmpty());
}

TEST(ConsistencyTest, WhatTheCatalogueSaysOfPartsHoldsAcrossTheDocument) {
  EXPECT_THAT(Contradicting("受理调解案件50件。\n全年调解成功60件。"), ElementsAre("60件"));
  EXPECT_THAT(Contradicting("完成合法性审查44件。\n审查重大行政决策4件、行政规范性文件2件、合同协议30份。"),
              ElementsAre("44件"));
  EXPECT_THAT(Contradicting("完成合法性审查36件。\n审查重大行政决策4件、行政规范性文件2件、合同协议30份。"),
              IsEmpty());
}

TEST(ConsistencyTest, FiguresOfOneMetricInASentenceAreJudgedBySumOrTotal) {
  FakeFigures figures;
  figures.Set("legal_culture_sites", 3);
  for (const Finding& finding : Check("建成法治文化广场1个、法治文化长廊2处。", figures)) {
    EXPECT_EQ(finding.verdict, Verdict::kMatch) << finding.quote;
  }
  const auto with_total = Check("建成法治文化广场1个、法治文化长廊2处，法治文化阵地达到3个。", figures);
  ASSERT_EQ(with_total.size(), 3u);
  EXPECT_EQ(with_total[0].verdict, Verdict::kUnlinked);
  EXPECT_EQ(with_total[2].verdict, Verdict::kMatch);
}

TEST(ConsistencyTest, AContradictionStandsBehindTheFigureThatItIsAbout) {
  const auto findings = Check("受理调解案件50件，调解成功40件，调解成功率95%，出动执法人员20人次。");
  ASSERT_EQ(findings.size(), 5u);
  EXPECT_EQ(findings[2].quote, findings[3].quote);
  EXPECT_EQ(findings[3].verdict, Verdict::kInconsistent);
  EXPECT_EQ(findings[4].quote, "20人次");
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
