#include "common/text/utf8.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace zhenhui {
namespace {

TEST(CheckTextTest, GoodTextsPass) {
  EXPECT_EQ(CheckText("title", "", 0), std::nullopt);
  EXPECT_EQ(CheckText("title", "法治讲座", 4), std::nullopt);
  EXPECT_EQ(CheckText("title", "𠮷", 1), std::nullopt);
}

TEST(CheckTextTest, LengthCountsCharactersNotBytes) {
  const std::optional<FieldViolation> violation = CheckText("activities[3].title", "法治讲座", 3);
  ASSERT_TRUE(violation.has_value());
  EXPECT_EQ(violation->field, "activities[3].title");
  EXPECT_EQ(violation->reason, "TEXT_TOO_LONG");
  EXPECT_EQ(violation->description, "the text has 4 characters, at most 3 are allowed");
}

TEST(CheckTextTest, BadBytesAreRefusedWithTheirReason) {
  const std::pair<std::string, std::string> cases[] = {
      {std::string("a\0b", 3), "NUL_BYTE"}, {"\xff", "INVALID_UTF8"},
      {"\xe6\xb3", "INVALID_UTF8"},          // cut in the middle of a character
      {"\xb3\x95", "INVALID_UTF8"},          // begins in the middle of one
      {"\xc0\xaf", "INVALID_UTF8"},          // overlong
      {"\xed\xa0\x80", "INVALID_UTF8"},      // a surrogate
      {"\xf4\x90\x80\x80", "INVALID_UTF8"},  // above U+10FFFF
      {"\xb7\xa8\xd6\xce", "INVALID_UTF8"},  // GBK
  };
  for (const auto& [text, reason] : cases) {
    const std::optional<FieldViolation> violation = CheckText("title", text, 100);
    ASSERT_TRUE(violation.has_value()) << reason;
    EXPECT_EQ(violation->reason, reason);
  }
}

TEST(DisplayWidthTest, HanCharactersTakeTwoColumns) {
  EXPECT_EQ(DisplayWidth(""), 0u);
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("上新庄镇"), 8u);
  EXPECT_EQ(DisplayWidth("（镇）１"), 8u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);  // e with a combining accent
  EXPECT_EQ(DisplayWidth("\xff"
                         "a"),
            2u);
}

TEST(PadTest, PadsToColumns) {
  EXPECT_EQ(PadRight("镇", 4) + "|", "镇  |");
  EXPECT_EQ(PadLeft("镇", 4), "  镇");
  EXPECT_EQ(PadLeft("42", 4), "  42");
  EXPECT_EQ(PadRight("上新庄镇", 4), "上新庄镇");
}

}  // namespace
}  // namespace zhenhui
