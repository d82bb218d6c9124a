#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "services/reporting/checker/numeral.h"
#include "services/reporting/checker/text.h"
#include "tests/unit/reporting/checker/fixture.h"

namespace zhenhui::reporting::checker::testing {
namespace {

std::string Folded(std::string_view text) { return ToUtf8(Fold(text)); }

TEST(TextTest, OneSpellingStandsForEachSign) {
  EXPECT_EQ(Folded("１２３％（册）"), "123%(册)");
  EXPECT_EQ(Folded("４，１６０份，共"), "4,160份，共");
  EXPECT_EQ(Folded("40 余　场次"), "40余场次");
  EXPECT_EQ(Folded("12 34"), "12 34");
  EXPECT_EQ(Folded("3—5，3~5，3–5"), "3-5，3-5，3-5");
  EXPECT_EQ(Folded("贰万肆仟"), "二万四千");
}

TEST(TextTest, BytesThatAreNoUtf8DoNotMovePlaces) {
  const Text text = ReadText("甲\xFF乙\xC0\xAF丙\xE4\xB8");
  EXPECT_EQ(text.chars.size(), 8u);
  EXPECT_EQ(text.chars[0], U'甲');
  EXPECT_EQ(text.chars[1], 0xFFFDu);
  EXPECT_EQ(text.byte[2], 4u);
  EXPECT_EQ(text.code_point.back(), 7u);
}

TEST(TextTest, HeadingsAreKnownByTheirMarkAndShortness) {
  const auto rank = [](std::string_view text) { return HeadingMark(ReadText(text)); };
  EXPECT_EQ(rank("一、主要举措"), 1);
  EXPECT_EQ(rank("十二、其他"), 1);
  EXPECT_EQ(rank("（三）强化监督"), 2);
  EXPECT_EQ(rank("1. 举措"), 3);
  EXPECT_EQ(rank("2、举措"), 3);
  EXPECT_EQ(rank("（4）举措"), 4);
  EXPECT_EQ(rank("1.5万元"), 0);
  EXPECT_EQ(rank("一是加强领导"), 0);
  EXPECT_TRUE(LooksLikeHeading(ReadText("一、主要举措和成效")));
  EXPECT_FALSE(LooksLikeHeading(ReadText("一、举办法治讲座6场。")));
  EXPECT_FALSE(LooksLikeHeading(ReadText("")));
}

TEST(TextTest, DocumentsAreReadLineByLineWhateverEndsALine) {
  const Document document = DocumentFromText("\xEF\xBB\xBF甲\r\n乙\r丙\n\n丁");
  ASSERT_EQ(document.paragraphs.size(), 5u);
  EXPECT_EQ(document.paragraphs[0].text, "甲");
  EXPECT_EQ(document.paragraphs[3].text, "");
  EXPECT_EQ(document.paragraphs[4].text, "丁");
  EXPECT_TRUE(DocumentFromText("").paragraphs.empty());
}

TEST(TextTest, TextsWithoutFiguresAndOddTextsGiveNoFindings) {
  for (const std::string text : {"", "\n\n", "没有数字的一段话。", "。。。，，，", "\xFF\xFE\xFD",
                                 "（（（《《《“““", "第", "百", "12345678901234567890"}) {
    EXPECT_THAT(Check(text), ::testing::IsEmpty()) << text;
  }
}

TEST(NumeralTest, TheLongestNumeralIsReadAndItsPlacesKnown) {
  const auto numeral = ParseNumeral(U"1.2万份", 0);
  ASSERT_TRUE(numeral.has_value());
  EXPECT_EQ(numeral->range, (Range{0, 4}));
  EXPECT_EQ(numeral->value, Rational(12'000, 1));
  EXPECT_EQ(numeral->unit, Rational(1000, 1));
  EXPECT_EQ(numeral->written, Rational(1000, 1));
  EXPECT_FALSE(ParseNumeral(U"份", 0).has_value());
  EXPECT_FALSE(ParseNumeral(U"1234567890123", 0).has_value());
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
