#include "gateway/transcoding/percent.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace zhenhui::gateway::transcoding {
namespace {

struct PercentCase {
  const char* text;
  PercentRule rule;
  std::optional<std::string> decoded;
};

TEST(PercentTest, DecodesByTheRuleOfThePlace) {
  const PercentCase cases[] = {
      {"plain", PercentRule::kSegment, "plain"},
      {"a%2Fb", PercentRule::kSegment, "a/b"},
      {"a%2fb", PercentRule::kSegment, "a/b"},
      {"a%2Fb", PercentRule::kSegments, "a%2Fb"},
      {"a%2fb", PercentRule::kSegments, "a%2fb"},
      {"a%2Fb", PercentRule::kForm, "a/b"},
      {"a+b", PercentRule::kSegment, "a+b"},
      {"a+b%2B", PercentRule::kForm, "a b+"},
      {"%E6%B3%95%E5%BE%8B", PercentRule::kSegment, "法律"},
      {"法律", PercentRule::kForm, "法律"},
      {"%25%2", PercentRule::kSegment, std::nullopt},
      {"%2525", PercentRule::kSegment, "%25"},
      {"%", PercentRule::kForm, std::nullopt},
      {"%zz", PercentRule::kSegments, std::nullopt},
      {"%0g", PercentRule::kSegment, std::nullopt},
      {"a%00b", PercentRule::kSegment, std::nullopt},
      {"%C0%AF", PercentRule::kSegment, std::nullopt},  // an overlong '/'
      {"%ED%A0%80", PercentRule::kForm, std::nullopt},  // half a surrogate pair
      {"%E6%B3", PercentRule::kForm, std::nullopt},
      {"\xFF", PercentRule::kForm, std::nullopt},
      {"", PercentRule::kForm, ""},
  };
  for (const PercentCase& test : cases) {
    EXPECT_EQ(PercentDecode(test.text, test.rule), test.decoded)
        << test.text << " by " << static_cast<int>(test.rule);
  }
}

TEST(PercentTest, WhatIsEncodedDecodesToTheSame) {
  const std::string name = "2024年 报告 \"1\"/%.docx";
  const std::string encoded = PercentEncode(name);
  EXPECT_EQ(encoded.find_first_of(" \"/"), std::string::npos);
  EXPECT_EQ(PercentDecode(encoded, PercentRule::kSegment), name);
}

}  // namespace
}  // namespace zhenhui::gateway::transcoding
