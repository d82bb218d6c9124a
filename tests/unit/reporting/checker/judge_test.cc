#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/reporting/checker/fixture.h"

// Verdicts: what a claim says against what is recorded.
namespace zhenhui::reporting::checker::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct JudgeCase {
  std::string text;
  std::string metric;
  int recorded;
  int denominator;
  std::string verdict;
};

class Verdicts : public ::testing::TestWithParam<JudgeCase> {};

TEST_P(Verdicts, FollowFromTheRecordedValue) {
  const JudgeCase& one = GetParam();
  FakeFigures figures;
  figures.Set(one.metric, one.recorded, one.denominator);
  const std::vector<Finding> findings = Check(one.text, figures);
  ASSERT_EQ(findings.size(), 1u) << one.text;
  EXPECT_EQ(findings[0].metric, one.metric) << one.text;
  EXPECT_EQ(VerdictName(findings[0].verdict), one.verdict) << one.text << " " << findings[0].message_en;
  EXPECT_EQ(findings[0].reference, one.metric + "@2024-01-01");
}

INSTANTIATE_TEST_SUITE_P(
    Counts, Verdicts,
    ::testing::Values(
        JudgeCase{"举办法治讲座6场。", "law_lectures", 6, 1, "match"},
        JudgeCase{"举办法治讲座6场。", "law_lectures", 5, 1, "overstated"},
        JudgeCase{"举办法治讲座6场。", "law_lectures", 7, 1, "understated"},
        JudgeCase{"举办法治讲座达6场。", "law_lectures", 6, 1, "match"},
        JudgeCase{"开展法治宣传活动40余场次。", "publicity_events", 41, 1, "approximate_match"},
        JudgeCase{"开展法治宣传活动40余场次。", "publicity_events", 49, 1, "approximate_match"},
        JudgeCase{"开展法治宣传活动40余场次。", "publicity_events", 40, 1, "overstated"},
        JudgeCase{"开展法治宣传活动40余场次。", "publicity_events", 39, 1, "overstated"},
        JudgeCase{"开展法治宣传活动40余场次。", "publicity_events", 50, 1, "understated"},
        JudgeCase{"发放宣传资料4000余份。", "materials_distributed", 4001, 1, "approximate_match"},
        JudgeCase{"发放宣传资料4000余份。", "materials_distributed", 4999, 1, "approximate_match"},
        JudgeCase{"发放宣传资料4000余份。", "materials_distributed", 5000, 1, "understated"},
        JudgeCase{"发放宣传资料近50份。", "materials_distributed", 45, 1, "approximate_match"},
        JudgeCase{"发放宣传资料近50份。", "materials_distributed", 44, 1, "overstated"},
        JudgeCase{"发放宣传资料近50份。", "materials_distributed", 50, 1, "understated"},
        JudgeCase{"发放宣传资料约100份。", "materials_distributed", 110, 1, "approximate_match"},
        JudgeCase{"发放宣传资料约100份。", "materials_distributed", 111, 1, "understated"},
        JudgeCase{"发放宣传资料约100份。", "materials_distributed", 89, 1, "overstated"},
        JudgeCase{"发放宣传资料超过30份。", "materials_distributed", 31, 1, "approximate_match"},
        JudgeCase{"发放宣传资料超过30份。", "materials_distributed", 30, 1, "overstated"},
        JudgeCase{"发放宣传资料30份以上。", "materials_distributed", 30, 1, "approximate_match"},
        JudgeCase{"发放宣传资料30份以上。", "materials_distributed", 29, 1, "overstated"},
        JudgeCase{"发放宣传资料不超过30份。", "materials_distributed", 31, 1, "understated"},
        JudgeCase{"发放宣传资料30至50份。", "materials_distributed", 50, 1, "approximate_match"}));

INSTANTIATE_TEST_SUITE_P(
    Rounding, Verdicts,
    ::testing::Values(JudgeCase{"发放宣传资料4000份。", "materials_distributed", 4160, 1, "rounding"},
                      JudgeCase{"发放宣传资料4000份。", "materials_distributed", 4600, 1, "understated"},
                      JudgeCase{"发放宣传资料4000份。", "materials_distributed", 3000, 1, "overstated"},
                      JudgeCase{"发放宣传资料1.2万份。", "materials_distributed", 12034, 1, "rounding"},
                      JudgeCase{"发放宣传资料1.2万份。", "materials_distributed", 12000, 1, "match"},
                      JudgeCase{"发放宣传资料1.2万份。", "materials_distributed", 13000, 1, "understated"},
                      JudgeCase{"开展法治宣传活动40场次。", "publicity_events", 43, 1, "understated"},
                      JudgeCase{"调解成功率95.7%。", "mediation_success_rate", 2200, 23, "rounding"},
                      JudgeCase{"调解成功率96%。", "mediation_success_rate", 2200, 23, "rounding"},
                      JudgeCase{"调解成功率98%。", "mediation_success_rate", 2200, 23, "overstated"},
                      JudgeCase{"调解成功率100%。", "mediation_success_rate", 100, 1, "match"},
                      JudgeCase{"调解成功率98%以上。", "mediation_success_rate", 99, 1, "approximate_match"},
                      JudgeCase{"罚没款1.35万元。", "penalty_amount", 13500, 1, "match"},
                      JudgeCase{"罚没款1.4万元。", "penalty_amount", 13500, 1, "rounding"},
                      JudgeCase{"村均法律明白人3名。", "law_savvy_per_village", 102, 34, "match"}));

INSTANTIATE_TEST_SUITE_P(
    WithoutNumber, Verdicts,
    ::testing::Values(JudgeCase{"全年未发生行政复议案件。", "reconsideration_cases", 0, 1, "match"},
                      JudgeCase{"全年未发生行政复议案件。", "reconsideration_cases", 2, 1, "understated"},
                      JudgeCase{"行政诉讼案件0件。", "litigation_cases", 0, 1, "match"},
                      JudgeCase{"合法性审查全覆盖。", "review_coverage_rate", 100, 1, "match"},
                      JudgeCase{"合法性审查全覆盖。", "review_coverage_rate", 90, 1, "overstated"}));

INSTANTIATE_TEST_SUITE_P(
    OtherVerdicts, Verdicts,
    ::testing::Values(JudgeCase{"解答法律咨询35人。", "consultations_answered", 35, 1, "unit_mismatch"},
                      JudgeCase{"计划举办法治讲座8场。", "law_lectures", 6, 1, "plan_not_result"},
                      JudgeCase{"每季度集体学法不少于1次。", "study_collective_sessions", 9, 1,
                                "plan_not_result"},
                      JudgeCase{"下一步，举办法治讲座10场。", "law_lectures", 6, 1, "plan_not_result"}));

TEST(JudgeTest, APlanEndsWhereTheTextSaysWhatWasReallyDone) {
  FakeFigures figures;
  figures.Set("law_lectures", 6);
  const auto findings = Check("原计划举办法治讲座8场，实际举办6场。", figures);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].verdict, Verdict::kPlan);
  EXPECT_EQ(findings[1].verdict, Verdict::kMatch);
}

TEST(JudgeTest, AFutureYearIsAPlan) {
  EXPECT_EQ(Check("2025年举办法治讲座10场。").at(0).verdict, Verdict::kPlan);
}

TEST(JudgeTest, AStretchedApproximationIsTrueButWarns) {
  FakeFigures figures;
  const auto warning_at = [&](int value) {
    figures.Set("materials_distributed", value);
    const std::vector<Finding> findings = Check("发放宣传资料1万余份。", figures);
    EXPECT_EQ(VerdictName(findings.at(0).verdict), "approximate_match") << value;
    return findings[0].warning;
  };
  EXPECT_FALSE(warning_at(10'001));
  EXPECT_FALSE(warning_at(10'999));
  EXPECT_TRUE(warning_at(11'000));
  EXPECT_TRUE(warning_at(19'999));
}

TEST(JudgeTest, FullCoverageIsMeasuredAgainstTheRegister) {
  FakeFigures figures;
  figures.Set("villages_total", 34).Set("counsel_villages_covered", 33);
  const Finding missing = Check("实现一村（社区）一法律顾问全覆盖。", figures).at(0);
  EXPECT_EQ(missing.verdict, Verdict::kOverstated);
  EXPECT_THAT(missing.message_zh, HasSubstr("33"));
  figures.Set("counsel_villages_covered", 34);
  EXPECT_EQ(Check("实现一村（社区）一法律顾问全覆盖。", figures).at(0).verdict, Verdict::kMatch);
}

TEST(JudgeTest, TheFourStatesOfACellAreToldApart) {
  FakeFigures figures;
  const std::string text = "举办法治讲座6场。";
  EXPECT_EQ(Check(text, figures).at(0).verdict, Verdict::kNoRecord);
  figures.SetState("law_lectures", FigureState::kConfirmedZero);
  EXPECT_EQ(Check(text, figures).at(0).verdict, Verdict::kOverstated);
  EXPECT_EQ(Check(text, figures).at(0).recorded, Rational(0, 1));
  figures.SetState("law_lectures", FigureState::kNotApplicable);
  const Finding finding = Check(text, figures).at(0);
  EXPECT_EQ(finding.verdict, Verdict::kNoRecord);
  EXPECT_THAT(finding.message_en, HasSubstr("does not apply"));
}

TEST(JudgeTest, TheSuggestionIsTheRecordedValueInTheTextsOwnUnit) {
  FakeFigures figures;
  figures.Set("materials_distributed", 4160).Set("penalty_amount", 32'500);
  EXPECT_EQ(Check("发放宣传资料5000余册。", figures).at(0).suggestion_zh, "改为“4160册”。");
  EXPECT_EQ(Check("罚没款5万元。", figures).at(0).suggestion_zh, "改为“3.25万元”。");
  EXPECT_THAT(Check("发放宣传资料4000余册。", figures).at(0).suggestion_zh, IsEmpty());
}

TEST(JudgeTest, ARatePrintedWithTwoPlacesMatchesTheQuotient) {
  FakeFigures figures;
  figures.Set("mediation_success_rate", 3600, 43);
  EXPECT_EQ(Check("调解成功率83.72%。", figures).at(0).verdict, Verdict::kMatch);
  EXPECT_EQ(Check("调解成功率83.7%。", figures).at(0).verdict, Verdict::kRounding);
  EXPECT_EQ(Check("调解成功率83.71%。", figures).at(0).verdict, Verdict::kUnderstated);
  EXPECT_EQ(Check("调解成功率90%。", figures).at(0).suggestion_zh, "改为“83.72%”。");
}

TEST(JudgeTest, SuggestionsForSharesAreWrittenInPerCentOrInTheTextsOwnSign) {
  FakeFigures figures;
  figures.Set("mediation_success_rate", 8372, 100);
  const struct {
    const char* text;
    Verdict verdict;
    const char* suggestion;
  } kCases[] = {
      {"调解成功率九成五。", Verdict::kOverstated, "改为“83.72%”。"},
      {"调解成功率三分之二。", Verdict::kUnderstated, "改为“83.72%”。"},
      {"调解成功率六分之五。", Verdict::kRounding, "改为“83.72%”。"},
      {"调解成功率过半数。", Verdict::kApproximate, ""},
      {"调解成功率950‰。", Verdict::kOverstated, "改为“837.2‰”。"},
  };
  for (const auto& one : kCases) {
    const Finding finding = Check(one.text, figures).at(0);
    EXPECT_EQ(finding.verdict, one.verdict) << one.text;
    EXPECT_EQ(finding.suggestion_zh, one.suggestion) << one.text;
  }
}

TEST(JudgeTest, EverySuggestionIsGivenInBothLanguages) {
  FakeFigures figures;
  figures.Set("law_lectures", 6).Set("publicity_events", 12);
  EXPECT_EQ(Check("举办法治讲座8场。", figures).at(0).suggestion_en, "Write \"6场\".");
  for (const char* text : {"举办法治讲座8场。", "举办法治讲座6人次。", "调解纠纷3件。", "全镇脱贫户320户。",
                           "开展普法宣传和法治讲座12场。", "举办法治讲座6场。举办法治讲座7场。"}) {
    for (const Finding& finding : Check(text, figures))
      EXPECT_EQ(finding.suggestion_zh.empty(), finding.suggestion_en.empty()) << text;
  }
}

TEST(JudgeTest, TheAttendanceOfATrainingIsNotTheTrainingInAWrongUnit) {
  const std::vector<Finding> findings = Check("举办行政执法培训2期，培训执法人员30人次。");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].metric, "enforcement_training");
  EXPECT_EQ(findings[1].verdict, Verdict::kUnlinked);
  EXPECT_EQ(Check("全年执法培训30人次。").at(0).verdict, Verdict::kUnitMismatch);
}

TEST(JudgeTest, AnAmbiguousFigureListsEveryMetricWithItsValue) {
  FakeFigures figures;
  figures.Set("publicity_events", 12).Set("law_lectures", 5);
  const Finding finding = Check("开展普法宣传和法治讲座12场。", figures).at(0);
  EXPECT_EQ(finding.verdict, Verdict::kAmbiguous);
  EXPECT_EQ(finding.metric, "");
  ASSERT_EQ(finding.candidates.size(), 2u);
  for (const Candidate& candidate : finding.candidates) {
    EXPECT_EQ(*candidate.value, Rational(candidate.metric == "law_lectures" ? 5 : 12, 1)) << candidate.metric;
  }
}

TEST(JudgeTest, AFigureThatNoMetricCountsIsUnlinked) {
  const Finding finding = Check("全镇脱贫户320户。").at(0);
  EXPECT_EQ(finding.verdict, Verdict::kUnlinked);
  EXPECT_EQ(finding.quote, "320户");
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
