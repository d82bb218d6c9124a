#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/unit/reporting/checker/fixture.h"

// Numbers as they are written: forms, intervals, measure words, and what is no figure at all.
namespace zhenhui::reporting::checker::testing {
namespace {

struct QuantityCase {
  std::string text;  // before the object of a clause that names a metric
  std::string form;
  std::string interval;
};

// "发放宣传资料" + text + "份。"
class MaterialForms : public ::testing::TestWithParam<QuantityCase> {};

TEST_P(MaterialForms, IsReadAs) {
  const std::vector<Finding> findings = Check("发放宣传资料" + GetParam().text + "。");
  ASSERT_EQ(findings.size(), 1u) << GetParam().text;
  EXPECT_EQ(findings[0].metric, "materials_distributed");
  EXPECT_EQ(FormName(findings[0].form), GetParam().form) << GetParam().text;
  EXPECT_EQ(PrintInterval(findings[0].interval), GetParam().interval) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Arabic, MaterialForms,
    ::testing::Values(QuantityCase{"0份", "exact", "0"}, QuantityCase{"7份", "exact", "7"},
                      QuantityCase{"4160份", "exact", "4160"}, QuantityCase{"1,234份", "exact", "1234"},
                      QuantityCase{"１２３４份", "exact", "1234"},
                      QuantityCase{"１，２３４份", "exact", "1234"}, QuantityCase{"4160 份", "exact", "4160"},
                      QuantityCase{"1.2万份", "exact", "12000"}, QuantityCase{"3万份", "exact", "30000"},
                      QuantityCase{"3.5亿份", "exact", "350000000"}, QuantityCase{"5千份", "exact", "5000"},
                      QuantityCase{"3百份", "exact", "300"}, QuantityCase{"12.50万份", "exact", "125000"}));

INSTANTIATE_TEST_SUITE_P(
    Approximate, MaterialForms,
    ::testing::Values(
        QuantityCase{"40余份", "more", "(40, 50)"}, QuantityCase{"45余份", "more", "(45, 46)"},
        QuantityCase{"4000余份", "more", "(4000, 5000)"}, QuantityCase{"4500余份", "more", "(4500, 4600)"},
        QuantityCase{"40多份", "more", "(40, 50)"}, QuantityCase{"4000份余", "more", "(4000, 5000)"},
        QuantityCase{"1万余份", "more", "(10000, 20000)"}, QuantityCase{"3余万份", "more", "(30000, 40000)"},
        QuantityCase{"1.2万余份", "more", "(12000, 13000)"}, QuantityCase{"近50份", "near", "[45, 50)"},
        QuantityCase{"将近50份", "near", "[45, 50)"}, QuantityCase{"接近1000份", "near", "[900, 1000)"},
        QuantityCase{"约100份", "about", "[90, 110]"}, QuantityCase{"大约100份", "about", "[90, 110]"},
        QuantityCase{"100份左右", "about", "[90, 110]"}, QuantityCase{"100份上下", "about", "[90, 110]"},
        QuantityCase{"超30份", "over", "> 30"}, QuantityCase{"超过30份", "over", "> 30"},
        QuantityCase{"突破30份", "over", "> 30"}, QuantityCase{"逾30份", "over", "> 30"},
        QuantityCase{"达30份", "exact", "30"}, QuantityCase{"达到30份", "exact", "30"},
        QuantityCase{"达30余份", "more", "(30, 40)"}, QuantityCase{"共计30份", "exact", "30"},
        QuantityCase{"30份以上", "at_least", "≥ 30"}, QuantityCase{"不少于30份", "at_least", "≥ 30"},
        QuantityCase{"不低于30份", "at_least", "≥ 30"}, QuantityCase{"至少30份", "at_least", "≥ 30"},
        QuantityCase{"不超过30份", "at_most", "≤ 30"}, QuantityCase{"30份以内", "at_most", "≤ 30"},
        QuantityCase{"至多30份", "at_most", "≤ 30"}, QuantityCase{"30至50份", "range", "[30, 50]"},
        QuantityCase{"30-50份", "range", "[30, 50]"}, QuantityCase{"30—50份", "range", "[30, 50]"},
        QuantityCase{"30～50份", "range", "[30, 50]"}, QuantityCase{"30到50份", "range", "[30, 50]"}));

INSTANTIATE_TEST_SUITE_P(
    Han, MaterialForms,
    ::testing::Values(
        QuantityCase{"三份", "exact", "3"}, QuantityCase{"十份", "exact", "10"},
        QuantityCase{"十二份", "exact", "12"}, QuantityCase{"二十份", "exact", "20"},
        QuantityCase{"三十五份", "exact", "35"}, QuantityCase{"一百零二份", "exact", "102"},
        QuantityCase{"一百二十份", "exact", "120"}, QuantityCase{"两百五份", "exact", "250"},
        QuantityCase{"三千五百份", "exact", "3500"}, QuantityCase{"四千一百六十份", "exact", "4160"},
        QuantityCase{"两万份", "exact", "20000"}, QuantityCase{"一万二千份", "exact", "12000"},
        QuantityCase{"两万五份", "exact", "25000"}, QuantityCase{"两万零五份", "exact", "20005"},
        QuantityCase{"壹仟贰佰份", "exact", "1200"}, QuantityCase{"二十余份", "more", "(20, 30)"},
        QuantityCase{"百余份", "more", "(100, 200)"}, QuantityCase{"千余份", "more", "(1000, 2000)"},
        QuantityCase{"两万余份", "more", "(20000, 30000)"},
        QuantityCase{"一百二十余份", "more", "(120, 130)"}, QuantityCase{"近百份", "near", "[90, 100)"},
        QuantityCase{"近千份", "near", "[900, 1000)"}, QuantityCase{"十几份", "range", "[11, 19]"},
        QuantityCase{"数十份", "range", "[20, 99]"}, QuantityCase{"几十份", "range", "[20, 99]"},
        QuantityCase{"数百份", "range", "[200, 999]"}, QuantityCase{"三五份", "range", "[3, 5]"},
        QuantityCase{"七八十份", "range", "[70, 80]"}, QuantityCase{"三至五份", "range", "[3, 5]"},
        QuantityCase{"上百份", "at_least", "≥ 100"}, QuantityCase{"上千份", "at_least", "≥ 1000"}));

class RateForms : public ::testing::TestWithParam<QuantityCase> {};

TEST_P(RateForms, IsReadAs) {
  const std::vector<Finding> findings = Check("调解成功率" + GetParam().text + "。");
  ASSERT_EQ(findings.size(), 1u) << GetParam().text;
  EXPECT_EQ(findings[0].metric, "mediation_success_rate");
  EXPECT_EQ(FormName(findings[0].form), GetParam().form) << GetParam().text;
  EXPECT_EQ(PrintInterval(findings[0].interval), GetParam().interval) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    PerCent, RateForms,
    ::testing::Values(QuantityCase{"95.6%", "exact", "95.6"}, QuantityCase{"100%", "exact", "100"},
                      QuantityCase{"９５％", "exact", "95"}, QuantityCase{"百分之九十五", "exact", "95"},
                      QuantityCase{"百分之百", "exact", "100"}, QuantityCase{"达98%以上", "at_least", "≥ 98"},
                      QuantityCase{"百分之九十以上", "at_least", "≥ 90"}, QuantityCase{"九成", "exact", "90"},
                      QuantityCase{"九成五", "exact", "95"}, QuantityCase{"超九成", "over", "> 90"},
                      QuantityCase{"约95%", "about", "[85.5, 104.5]"}));

INSTANTIATE_TEST_SUITE_P(
    Shares, RateForms,
    ::testing::Values(QuantityCase{"三分之二", "exact", "≈66.67"},
                      QuantityCase{"五分之四以上", "at_least", "≥ 80"},
                      QuantityCase{"近三分之一", "near", "[30, ≈33.33)"}, QuantityCase{"一半", "exact", "50"},
                      QuantityCase{"半数以上", "at_least", "≥ 50"}, QuantityCase{"过半数", "over", "> 50"},
                      QuantityCase{"超过半数", "over", "> 50"}, QuantityCase{"千分之三", "exact", "0.3"},
                      QuantityCase{"3‰", "exact", "0.3"}, QuantityCase{"不超过2.5‰", "at_most", "≤ 0.25"}));

TEST(QuantityTest, SlogansWithHalvesAreNoFigures) {
  for (const char* text : {"实现时间过半、任务过半。", "推动工作事半功倍。", "上半年召开调度会。",
                           "多半在农闲时节开展。", "开展普法活动过半途而废的不多。", "对照要求分之又分。"})
    EXPECT_THAT(Check(text), ::testing::IsEmpty()) << text;
}

TEST(QuantityTest, ANumberWithoutAMeasureWordCountsRightBehindItsObject) {
  for (const auto& [text, links] : std::vector<std::pair<std::string, std::vector<std::string>>>{
           {"开展法治讲座6。", {"6=law_lectures"}},
           {"开展法治讲座6、普法宣传活动12、发放宣传册2000。",
            {"6=law_lectures", "12=publicity_events", "2000=materials_distributed"}},
           {"法治讲座：6；调解成功：22。", {"6=law_lectures", "22=mediation_success"}},
           {"法治讲座2024", {}},
           {"开展法治讲座，编号6。", {}},
           {"法治讲座6楼会议室。", {}}}) {
    EXPECT_EQ(Links(Check(text)), links) << text;
  }
}

TEST(QuantityTest, MoneyIsReadInYuan) {
  for (const auto& [text, interval] :
       std::vector<std::pair<std::string, std::string>>{{"13500元", "13500"},
                                                        {"1.35万元", "13500"},
                                                        {"二十余万元", "(200000, 300000)"},
                                                        {"5万余元", "(50000, 60000)"}}) {
    const std::vector<Finding> findings = Check("全年罚没款" + text + "。");
    ASSERT_EQ(findings.size(), 1u) << text;
    EXPECT_EQ(findings[0].metric, "penalty_amount");
    EXPECT_EQ(PrintInterval(findings[0].interval), interval) << text;
  }
}

TEST(QuantityTest, APlaceIsCountedInTheTextAsItWasWritten) {
  const std::vector<Finding> findings = Check("前言。\n一年来，发放　宣传资料４０余 份。");
  ASSERT_EQ(findings.size(), 1u);
  const Finding& finding = findings[0];
  EXPECT_EQ(finding.quote, "４０余 份");
  EXPECT_EQ(finding.position.paragraph, 1u);
  EXPECT_EQ(finding.position.sentence, 0u);
  EXPECT_EQ(finding.position.begin, 11u);
  EXPECT_EQ(finding.position.end, 16u);
  EXPECT_EQ(finding.position.end_byte - finding.position.begin_byte, finding.quote.size());
}

TEST(QuantityTest, ASentenceIsCountedWithinItsParagraph) {
  const std::vector<Finding> findings = Check("形势很好。举办法治讲座6场！发放宣传资料80份。");
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].position.sentence, 1u);
  EXPECT_EQ(findings[1].position.sentence, 2u);
}

TEST(QuantityTest, PlaceNamesThatTheCallerGivesAreNoNumbers) {
  const Document document = DocumentFromText("法治宣传活动在三场村开展。");
  const FakeFigures figures;
  EXPECT_EQ(CheckReport(ShippedLexicon(), document, figures, {.year = 2024}).size(), 1u);
  EXPECT_THAT(CheckReport(ShippedLexicon(), document, figures, {.year = 2024, .place_names = {"三场村"}}),
              ::testing::IsEmpty());
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
