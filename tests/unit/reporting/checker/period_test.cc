#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/unit/reporting/checker/fixture.h"

// The time that a figure is about, and changes from year to year.
namespace zhenhui::reporting::checker::testing {
namespace {

struct PeriodCase {
  std::string words;
  std::string begin;
  std::string end;
};

class StatedPeriods : public ::testing::TestWithParam<PeriodCase> {};

TEST_P(StatedPeriods, AreReadFromTheSentence) {
  const Finding finding = Check(GetParam().words + "举办法治讲座6场。").at(0);
  EXPECT_TRUE(finding.period_stated) << GetParam().words;
  EXPECT_EQ(FormatDate(finding.period.begin), GetParam().begin) << GetParam().words;
  EXPECT_EQ(FormatDate(finding.period.end), GetParam().end) << GetParam().words;
}

INSTANTIATE_TEST_SUITE_P(
    Words, StatedPeriods,
    ::testing::Values(
        PeriodCase{"2024年，", "2024-01-01", "2024-12-31"},
        PeriodCase{"2024年度", "2024-01-01", "2024-12-31"},
        PeriodCase{"二〇二四年", "2024-01-01", "2024-12-31"}, PeriodCase{"今年", "2024-01-01", "2024-12-31"},
        PeriodCase{"一年来，", "2024-01-01", "2024-12-31"}, PeriodCase{"去年", "2023-01-01", "2023-12-31"},
        PeriodCase{"上半年", "2024-01-01", "2024-06-30"}, PeriodCase{"下半年", "2024-07-01", "2024-12-31"},
        PeriodCase{"第三季度", "2024-07-01", "2024-09-30"}, PeriodCase{"一季度", "2024-01-01", "2024-03-31"},
        PeriodCase{"前三季度", "2024-01-01", "2024-09-30"}, PeriodCase{"1-6月", "2024-01-01", "2024-06-30"},
        PeriodCase{"1月至10月", "2024-01-01", "2024-10-31"}, PeriodCase{"2月份", "2024-02-01", "2024-02-29"},
        PeriodCase{"截至10月底，", "2024-01-01", "2024-10-31"},
        PeriodCase{"2024年3月", "2024-03-01", "2024-03-31"},
        PeriodCase{"2022年以来，", "2022-01-01", "2024-12-31"}));

TEST(PeriodTest, WithoutAWordTheYearAskedIsMeant) {
  const Finding finding = Check("举办法治讲座6场。").at(0);
  EXPECT_FALSE(finding.period_stated);
  EXPECT_EQ(finding.period, (Period{Date(2024, 1, 1), Date(2024, 12, 31)}));
}

TEST(PeriodTest, AYearThatIsComparedWithOrThatOfADocumentIsNotTheFigures) {
  EXPECT_FALSE(Check("与2023年相比，法治讲座增加2场。").at(0).period_stated);
  EXPECT_FALSE(Check("按照2021年修订的办法，举办法治讲座6场。").at(0).period_stated);
}

TEST(PeriodTest, EachPartOfTheYearIsComparedWithItsOwnFigure) {
  FakeFigures figures;
  figures.SetFor("publicity_events", {Date(2024, 1, 1), Date(2024, 6, 30)}, 20)
      .SetFor("publicity_events", {Date(2024, 7, 1), Date(2024, 12, 31)}, 24)
      .Set("publicity_events", 43);
  const auto findings = Check("上半年开展法治宣传活动20场次，下半年开展23场次，全年合计43场次。", figures);
  ASSERT_EQ(findings.size(), 3u);
  EXPECT_EQ(findings[0].verdict, Verdict::kMatch);
  EXPECT_EQ(findings[1].verdict, Verdict::kUnderstated);
  EXPECT_EQ(findings[2].verdict, Verdict::kMatch);
}

TEST(PeriodTest, AnotherYearIsWrongUnlessItIsComparedWith) {
  FakeFigures figures;
  figures.SetLastYear("law_lectures", 4).Set("law_lectures", 6);
  EXPECT_EQ(Check("2023年举办法治讲座4场。", figures).at(0).verdict, Verdict::kWrongPeriod);
  EXPECT_EQ(Check("去年举办法治讲座4场。", figures).at(0).verdict, Verdict::kMatch);
}

TEST(PeriodTest, LastYearsValueLeftStandingIsAWrongPeriod) {
  FakeFigures figures;
  figures.SetLastYear("materials_distributed", 3870).Set("materials_distributed", 4160);
  const Finding finding = Check("发放宣传资料3870份。", figures).at(0);
  EXPECT_EQ(finding.verdict, Verdict::kWrongPeriod);
  EXPECT_EQ(finding.suggestion_zh, "改为“4160份”。");
}

TEST(PeriodTest, ATitleOfAnotherYearIsReportedBeforeAllFigures) {
  const auto findings = Check("某镇2023年法治政府建设情况报告\n举办法治讲座6场。");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].verdict, Verdict::kWrongPeriod);
  EXPECT_EQ(findings[0].quote, "2023年");
  EXPECT_THAT(Check("某镇2024年法治政府建设情况报告"), ::testing::IsEmpty());
}

TEST(PeriodTest, FiguresUnderAHeadingOfPlansArePlansUntilTheNextOfItsRank) {
  const auto findings =
      Check("三、下一年度工作安排\n（一）加强普法\n举办法治讲座10场。\n四、其他\n举办法治讲座6场。");
  ASSERT_GE(findings.size(), 2u);
  EXPECT_EQ(findings[0].verdict, Verdict::kPlan);
  EXPECT_NE(findings[1].verdict, Verdict::kPlan);
}

struct Change {
  std::string text;
  int now;
  int before;
  std::string verdict;
};

class Changes : public ::testing::TestWithParam<Change> {};

TEST_P(Changes, AreComputedFromBothYears) {
  FakeFigures figures;
  figures.Set("mediation_cases", GetParam().now).SetLastYear("mediation_cases", GetParam().before);
  const auto findings = Check(GetParam().text, figures);
  ASSERT_EQ(findings.size(), 1u) << GetParam().text;
  EXPECT_EQ(findings[0].metric, "mediation_cases");
  EXPECT_EQ(VerdictName(findings[0].verdict), GetParam().verdict)
      << GetParam().text << findings[0].message_en;
}

INSTANTIATE_TEST_SUITE_P(OfCases, Changes,
                         ::testing::Values(Change{"调解案件同比增长20%。", 60, 50, "match"},
                                           Change{"调解案件同比增长20%。", 55, 50, "overstated"},
                                           Change{"调解案件同比增长20%。", 70, 50, "understated"},
                                           Change{"调解案件同比增长20%。", 40, 50, "overstated"},
                                           Change{"调解案件同比下降20%。", 40, 50, "match"},
                                           Change{"调解案件同比上升16.7%。", 7, 6, "rounding"},
                                           Change{"调解案件较上年增加10件。", 60, 50, "match"},
                                           Change{"调解案件比去年减少了10件。", 60, 50, "overstated"},
                                           Change{"调解案件同比增长1倍。", 100, 50, "match"},
                                           Change{"调解案件同比增长超过10%。", 60, 50, "approximate_match"},
                                           Change{"调解案件同比增长20%。", 60, 0, "no_record"}));

TEST(PeriodTest, PointsOfPerCentAreADifferenceOfRates) {
  FakeFigures figures;
  figures.Set("mediation_success_rate", 97).SetLastYear("mediation_success_rate", 95);
  const Finding finding = Check("调解成功率同比提高2个百分点。", figures).at(0);
  EXPECT_EQ(finding.metric, "mediation_success_rate");
  EXPECT_EQ(finding.form, NumberForm::kRise);
  EXPECT_EQ(finding.verdict, Verdict::kMatch);
}

TEST(PeriodTest, WithoutLastYearsFigureAChangeCannotBeProved) {
  FakeFigures figures;
  figures.Set("mediation_cases", 60);
  EXPECT_EQ(Check("调解案件同比增长20%。", figures).at(0).verdict, Verdict::kNoRecord);
}

TEST(PeriodTest, WhatBracketsAndComparisonsSayOfLastYearEndsWithThem) {
  FakeFigures figures;
  figures.Set("org_supervision_inspections", 1)
      .Set("org_funding_amount", 30'000)
      .SetLastYear("org_funding_amount", 50'000);
  figures.Set("publicity_events", 43).SetLastYear("publicity_events", 27);
  for (const char* text : {"开展法治督察1次（上年为0）；投入法治建设专项经费3万元（同比下降40.00%）。",
                           "法治宣传活动43场次，上年27场次，同比上升59.26%。",
                           "去年开展法治宣传活动27场次；今年开展法治宣传活动43场次，同比上升59.26%。"}) {
    for (const Finding& finding : Check(text, figures)) {
      if (finding.metric.empty()) continue;
      EXPECT_EQ(finding.verdict, finding.quote == "0" ? finding.verdict : Verdict::kMatch)
          << text << " " << finding.quote << " " << finding.message_zh;
    }
  }
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
