#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/unit/reporting/checker/fixture.h"

// Whatever the text, the checker ends, stays inside it, and says the same each time.
namespace zhenhui::reporting::checker::testing {
namespace {

const std::vector<std::string>& Pieces() {
  static const auto* const pieces = new std::vector<std::string>{
      "法治讲座", "法律顾问", "调解", "纠纷", "宣传",     "其中",  "共",    "同比增长", "分别",
      "全覆盖",   "未发生",   "每村", "计划", "40",       "4,160", "1.2万", "百",       "余",
      "近",       "约",       "以上", "%",    "个百分点", "场次",  "份",    "件",       "人次",
      "名",       "，",       "。",   "、",   "；",       "（",    "）",    "《",       "》",
      "“",        "”",        "第",   "年",   "2024年",   "1-6月", "\n",    "\xFF",     "\xE4\xB8",
      "-",        "至",       "成",   "一是", "率",       "0",     "万",    "亿",       "9999999999999"};
  return *pieces;
}

TEST(RobustnessTest, AnyMixOfPiecesIsReadWithPlacesInsideTheText) {
  std::mt19937 random(20240305);
  std::uniform_int_distribution<size_t> pick(0, Pieces().size() - 1);
  for (int round = 0; round < 1500; ++round) {
    std::string text;
    for (int i = 0; i < 40; ++i) text += Pieces()[pick(random)];
    const Document document = DocumentFromText(text);
    for (const Finding& finding : Check(text)) {
      ASSERT_LT(finding.position.paragraph, document.paragraphs.size()) << text;
      const std::string& paragraph = document.paragraphs[finding.position.paragraph].text;
      ASSERT_LT(finding.position.begin_byte, finding.position.end_byte) << text;
      ASSERT_LE(finding.position.end_byte, paragraph.size()) << text;
      ASSERT_EQ(finding.quote, paragraph.substr(finding.position.begin_byte, finding.quote.size())) << text;
      ASSERT_FALSE(finding.message_zh.empty()) << text;
      ASSERT_FALSE(finding.message_en.empty()) << text;
    }
  }
}

TEST(RobustnessTest, TheSameTextGivesTheSameFindings) {
  const std::string text =
      "开展普法宣传和法治讲座12场，发放资料4000余份，调解纠纷23件，成功22件，成功率95.7%。";
  EXPECT_EQ(Links(Check(text)), Links(Check(text)));
  EXPECT_EQ(Links(Check(text)).size(), 5u);
}

TEST(RobustnessTest, OneVeryLongSentenceIsRead) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "发放宣传资料10份，举办讲座";
  EXPECT_EQ(Check(text).size(), 3000u);
}

TEST(RobustnessTest, ReadingStopsSoonAfterTheMostClaimsThatWereAskedFor) {
  std::string text;
  for (int i = 0; i < 30'000; ++i) text += "6场、";
  const auto found =
      CheckReport(ShippedLexicon(), DocumentFromText(text), FakeFigures(), {.year = 2024, .max_claims = 100});
  EXPECT_GT(found.size(), 100u);
  EXPECT_LT(found.size(), 1'100u);  // at most one sentence more
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
