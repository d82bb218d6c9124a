#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "common/db/copy.h"

namespace zhenhui::db::internal {
namespace {

std::string Escaped(std::string_view text) {
  std::string out;
  AppendEscaped(text, out);
  return out;
}

std::string Unescaped(std::string_view raw) {
  std::string out;
  AppendUnescaped(raw, out);
  return out;
}

TEST(CopyTextTest, OnlyWhatWouldBreakTheLineIsEscaped) {
  EXPECT_EQ(Escaped(""), "");
  EXPECT_EQ(Escaped("法治 'x' \"y\""), "法治 'x' \"y\"");
  EXPECT_EQ(Escaped("a\tb\nc\rd\\e"), "a\\tb\\nc\\rd\\\\e");
  EXPECT_EQ(Escaped("\\N"), "\\\\N");
  EXPECT_EQ(Escaped("\\."), "\\\\.");
}

TEST(CopyTextTest, TheServersEscapesAreUnderstood) {
  EXPECT_EQ(Unescaped("\\b\\f\\n\\r\\t\\v\\\\"), "\b\f\n\r\t\v\\");
  EXPECT_EQ(Unescaped("plain"), "plain");
  EXPECT_EQ(Unescaped("a\\\\N"), "a\\N");
}

TEST(CopyTextTest, HexIsLowerCaseAndReadInBothCases) {
  std::string hex;
  AppendHex(std::string("\x00\x7f\x80\xff", 4), hex);
  EXPECT_EQ(hex, "007f80ff");
  std::string bytes;
  EXPECT_TRUE(AppendFromHex("AbcD", bytes));
  EXPECT_EQ(bytes, "\xab\xcd");
}

TEST(CopyTextTest, WhatIsNoHexIsRefused) {
  for (const char* hex : {"0", "0g", "g0", "  ", "\\x", "00 1"}) {
    std::string bytes;
    EXPECT_FALSE(AppendFromHex(hex, bytes)) << hex;
  }
}

RC_GTEST_PROP(CopyTextTest, UnescapingIsTheInverseOfEscaping, (const std::string& text)) {
  const std::string escaped = Escaped(text);
  RC_ASSERT(escaped.find_first_of("\t\n\r") == std::string::npos);
  RC_ASSERT(Unescaped(escaped) == text);
}

RC_GTEST_PROP(CopyTextTest, FromHexIsTheInverseOfHex, (const std::string& bytes)) {
  std::string hex, back;
  AppendHex(bytes, hex);
  RC_ASSERT(AppendFromHex(hex, back));
  RC_ASSERT(back == bytes);
}

}  // namespace
}  // namespace zhenhui::db::internal
