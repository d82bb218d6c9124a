#include "clients/zhenhui/messages/messages.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <set>
#include <string>

namespace zhenhui::cli {
namespace {

std::multiset<std::string> Placeholders(const std::string& text) {
  std::multiset<std::string> found;
  for (size_t i = 0; i + 2 < text.size(); ++i) {
    if (text[i] == '{' && text[i + 2] == '}') found.insert(text.substr(i, 3));
  }
  return found;
}

TEST(MessagesTest, EverySentenceStandsInBothLanguagesAtItsPlace) {
  ASSERT_EQ(AllSentences().size(), static_cast<size_t>(Msg::kCount));
  for (size_t i = 0; i < AllSentences().size(); ++i) {
    const Sentence& sentence = AllSentences()[i];
    EXPECT_EQ(static_cast<size_t>(sentence.id), i) << sentence.en;
    EXPECT_STRNE(sentence.zh, "") << sentence.en;
    EXPECT_STRNE(sentence.en, "") << sentence.zh;
    EXPECT_EQ(Placeholders(sentence.zh), Placeholders(sentence.en)) << sentence.en;
  }
}

TEST(MessagesTest, AdviceIsCompleteAndSorted) {
  std::string last;
  for (const ReasonAdvice& advice : AllAdvice()) {
    EXPECT_LT(last, advice.reason);
    EXPECT_STRNE(advice.zh, "") << advice.reason;
    EXPECT_STRNE(advice.en, "") << advice.reason;
    last = advice.reason;
  }
}

TEST(MessagesTest, PlaceholdersAreFilled) {
  EXPECT_EQ(Text(Language::kEnglish, Msg::kRefusedRow, {"a.csv", "3", " column 2 'date'", "why"}),
            "a.csv:3 column 2 'date': why");
  EXPECT_EQ(Text(Language::kChinese, Msg::kMedian, {"{1}"}), "中位数：{1}");
}

TEST(MessagesTest, TheLanguageComesFromTheFlagOrTheLocale) {
  for (const char* name : {"ZHENHUI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) unsetenv(name);
  EXPECT_EQ(ChooseLanguage(""), Language::kEnglish);
  setenv("LANG", "zh_CN.UTF-8", 1);
  EXPECT_EQ(ChooseLanguage(""), Language::kChinese);
  EXPECT_EQ(ChooseLanguage("en"), Language::kEnglish);
  setenv("LC_ALL", "C", 1);
  EXPECT_EQ(ChooseLanguage(""), Language::kEnglish);
  unsetenv("LC_ALL");
  unsetenv("LANG");
}

}  // namespace
}  // namespace zhenhui::cli
