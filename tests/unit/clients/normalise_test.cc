#include "clients/zhenhui/input/normalise.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zhenhui::cli {
namespace {

using ::testing::ElementsAre;

TEST(NormaliseTest, DatesOfSpreadsheetsBecomeIso) {
  for (const char* text :
       {"2024-03-05", "2024-3-5", "2024/3/5", "2024/03/05", "2024.3.5", "2024年3月5日", "20240305",
        "２０２４／３／５", " 2024/3/5 ", "2024/3/5 0:00", "2024-03-05T00:00:00"}) {
    EXPECT_EQ(NormaliseDate(text), "2024-03-05") << text;
  }
}

TEST(NormaliseTest, WhatCouldBeTwoDaysOrNoneIsNoDate) {
  for (const char* text :
       {"", "3/5/2024", "05.03.24", "2024-13-01", "2024-02-30", "2024-3", "45356", "2024/3/5 9:30", "昨天"}) {
    EXPECT_EQ(NormaliseDate(text), std::nullopt) << text;
  }
}

TEST(NormaliseTest, MonthsBecomeIso) {
  for (const char* text : {"2024-03", "2024/3", "2024.3", "2024年3月", "202403", "２０２４-３"}) {
    EXPECT_EQ(NormaliseMonth(text), "2024-03") << text;
  }
  for (const char* text : {"", "2024", "2024-13", "2024-00", "3"})
    EXPECT_EQ(NormaliseMonth(text), std::nullopt) << text;
}

TEST(NormaliseTest, WholeNumbersAreReadAsSpreadsheetsWriteThem) {
  const std::pair<const char*, int64_t> cases[] = {{"35", 35},
                                                   {"４１６０", 4160},
                                                   {"4,160", 4160},
                                                   {"1,234,567", 1234567},
                                                   {"35.00", 35},
                                                   {" 7 ", 7},
                                                   {"-3", -3},
                                                   {"0", 0},
                                                   {"9223372036854775807", INT64_MAX}};
  for (const auto& [text, number] : cases) EXPECT_EQ(ParseWholeNumber(text).value, number) << text;
}

TEST(NormaliseTest, WhatIsNoWholeNumberSaysWhy) {
  for (const char* text : {"40余", "约40", "3.5", "4,16", "35人次", "1e3", "--1", "一百"}) {
    EXPECT_EQ(ParseWholeNumber(text).reason, "NOT_A_WHOLE_NUMBER") << text;
  }
  EXPECT_EQ(ParseWholeNumber("9223372036854775808").reason, "NUMBER_TOO_LARGE");
  EXPECT_EQ(ParseWholeNumber("").reason, "");
  EXPECT_EQ(ParseWholeNumber("  ").value, std::nullopt);
}

TEST(NormaliseTest, ListsArePartedByAnyUsualMark) {
  EXPECT_THAT(SplitList("学生；妇女, 村民、企业|商户;"), ElementsAre("学生", "妇女", "村民", "企业", "商户"));
  EXPECT_THAT(SplitList(" ; "), ElementsAre());
}

TEST(NormaliseTest, SpacesOfAllKindsAreTrimmed) {
  EXPECT_EQ(Trim("　 \t标题 一\xC2\xA0\r\n"), "标题 一");
  EXPECT_EQ(ToHalfWidth("Ａ－１（居）"), "A-1(居)");
}

TEST(NormaliseTest, CodesRuinedBySpreadsheetsAreSeen) {
  EXPECT_TRUE(IsScientificNotation("6.30106E+11"));
  EXPECT_FALSE(IsScientificNotation("630106101201"));
  EXPECT_FALSE(IsScientificNotation("E村"));
}

}  // namespace
}  // namespace zhenhui::cli
