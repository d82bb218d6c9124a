#include "common/text/encoding.h"

#include <gtest/gtest.h>

#include "tests/testing/matchers.h"

namespace zhenhui {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOkAndHolds;

constexpr char kGb18030[] = "\xC0\xE0\xD0\xCD,\xC8\xD5\xC6\xDA";  // 类型,日期

TEST(EncodingTest, Utf8StaysAndLosesItsMark) {
  EXPECT_THAT(DecodeText("类型,日期", Encoding::kAuto), IsOkAndHolds(std::string("类型,日期")));
  EXPECT_THAT(DecodeText("\xEF\xBB\xBF类型", Encoding::kAuto), IsOkAndHolds(std::string("类型")));
  EXPECT_THAT(DecodeText("", Encoding::kAuto), IsOkAndHolds(std::string()));
}

TEST(EncodingTest, Gb18030IsRecognisedAndConverted) {
  EXPECT_EQ(DetectEncoding(kGb18030), Encoding::kGb18030);
  EXPECT_THAT(DecodeText(kGb18030, Encoding::kAuto), IsOkAndHolds(std::string("类型,日期")));
  EXPECT_THAT(DecodeText("\x95\x32\x82\x36", Encoding::kGb18030), IsOkAndHolds(std::string("𠀀")));
}

TEST(EncodingTest, Utf16WithAMarkIsConverted) {
  EXPECT_THAT(DecodeText(std::string("\xFF\xFE\x7B\x7C", 4), Encoding::kAuto),
              IsOkAndHolds(std::string("类")));
  EXPECT_THAT(DecodeText(std::string("\xFE\xFF\x7C\x7B", 4), Encoding::kAuto),
              IsOkAndHolds(std::string("类")));
}

TEST(EncodingTest, OneDamagedPlaceDoesNotTurnAUtf8FileIntoGb18030) {
  const std::string text = std::string("类型,日期,标题,备注\n") + "\xFF\n";
  EXPECT_EQ(DetectEncoding(text), Encoding::kUtf8);
  EXPECT_THAT(DecodeText(text, Encoding::kAuto), IsOkAndHolds(text));
}

TEST(EncodingTest, WhatIsNoGb18030IsAnErrorThatNamesThePlace) {
  const auto decoded = DecodeText("ab\xFF", Encoding::kGb18030);
  EXPECT_THAT(decoded, HasReason("ENCODING_MALFORMED"));
  EXPECT_NE(decoded.status().message().find("byte 2"), absl::string_view::npos);
}

TEST(EncodingTest, AWorkbookIsRecognised) {
  EXPECT_THAT(DecodeText("PK\x03\x04rest", Encoding::kAuto), HasReason("FILE_IS_WORKBOOK"));
  EXPECT_THAT(DecodeText("\xD0\xCF\x11\xE0\xA1", Encoding::kGb18030), HasReason("FILE_IS_WORKBOOK"));
  EXPECT_THAT(DecodeText("PK,2024", Encoding::kAuto), IsOkAndHolds("PK,2024"));
}

TEST(EncodingTest, NamesAreReadInAnyCase) {
  EXPECT_THAT(ParseEncoding("GBK"), IsOkAndHolds(Encoding::kGb18030));
  EXPECT_THAT(ParseEncoding("utf-8"), IsOkAndHolds(Encoding::kUtf8));
  EXPECT_THAT(ParseEncoding("big5"), HasReason("UNKNOWN_ENCODING"));
}

}  // namespace
}  // namespace zhenhui
