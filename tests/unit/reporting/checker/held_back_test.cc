#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include "tests/unit/reporting/checker/fixture.h"

// How well claims are found and linked in sentences that were written before the phrases were tuned.
namespace zhenhui::reporting::checker::testing {
namespace {

struct Labelled {
  std::string text;
  std::vector<std::string> claims;  // "number=metric"
};

std::vector<std::string> SplitClaims(const std::string& list) {
  std::vector<std::string> claims;
  for (size_t begin = 0; begin < list.size();) {
    const size_t end = std::min(list.find("; ", begin), list.size());
    claims.push_back(list.substr(begin, end - begin));
    begin = end + 2;
  }
  return claims;
}

std::vector<Labelled> ReadLabelled(const std::string& file) {
  std::ifstream in(std::string(ZHENHUI_CHECKER_DATA) + "/" + file);
  std::vector<Labelled> sentences;
  for (std::string line; std::getline(in, line);) {
    const size_t tab = line.find('\t');
    if (line.starts_with("#") || tab == std::string::npos) continue;
    sentences.push_back({line.substr(0, tab), SplitClaims(line.substr(tab + 1))});
  }
  return sentences;
}

// Whether a claim that was found is the one expected: the same metric, and its quote holds the number.
bool Answers(const std::string& found, const std::string& expected) {
  const size_t a = found.rfind('=');
  const size_t b = expected.rfind('=');
  return found.substr(a) == expected.substr(b) &&
         found.substr(0, a).find(expected.substr(0, b)) != std::string::npos;
}

struct Score {
  int expected = 0;
  int found = 0;
  int right = 0;
  std::string mistakes;
};

Score Measure(const std::vector<Labelled>& sentences) {
  Score score;
  for (const Labelled& sentence : sentences) {
    std::vector<std::string> expected = sentence.claims;
    const std::vector<std::string> found = Links(Check(sentence.text));
    score.expected += static_cast<int>(expected.size());
    score.found += static_cast<int>(found.size());
    std::string wrong;
    for (const std::string& claim : found) {
      const auto match = std::find_if(expected.begin(), expected.end(),
                                      [&](const std::string& one) { return Answers(claim, one); });
      if (match == expected.end()) {
        wrong += "\n    found " + claim;
        continue;
      }
      ++score.right;
      expected.erase(match);
    }
    for (const std::string& claim : expected) wrong += "\n    missed " + claim;
    if (!wrong.empty()) score.mistakes += "\n  " + sentence.text + wrong;
  }
  return score;
}

// Blind, which is the first run over each file, before what it showed in general was mended:
//
// file             claims  precision  recall
// held_back.tsv       119     94.0 %  91.6 %  before any tuning
// held_back_2.tsv      96     95.8 %  95.8 %  after the first round
// held_back_3.tsv      82     85.2 %  84.1 %  less usual wording, in two halves
// held_back_4.tsv     113     88.1 %  85.0 %  by another writer, with forms that were not read then
//
// After mending, the fourth stands at 91.2 % and 91.2 %. In no set is a wrong link a false alarm of its own:
// it is judged against another metric or called unlinked. One sentence's labels of the fourth were wrong
// (无行政复议被撤销案件 is no zero of the cases) and were put right afterwards.
// Of the 12 wrong figures of the third file 4 had another metric; the rest were found but called unlinked.
void ExpectAtLeast(const std::string& file, size_t sentences, double floor) {
  const std::vector<Labelled> labelled = ReadLabelled(file);
  ASSERT_GE(labelled.size(), sentences);
  const Score score = Measure(labelled);
  const double precision = 100.0 * score.right / score.found;
  const double recall = 100.0 * score.right / score.expected;
  ::testing::Test::RecordProperty("precision", std::to_string(precision));
  ::testing::Test::RecordProperty("recall", std::to_string(recall));
  EXPECT_GE(precision, floor) << score.mistakes;
  EXPECT_GE(recall, floor) << score.mistakes;
}

TEST(HeldBackTest, TheFirstSetIsFoundAndLinked) { ExpectAtLeast("held_back.tsv", 66, 97.0); }
TEST(HeldBackTest, TheSecondSetIsFoundAndLinked) { ExpectAtLeast("held_back_2.tsv", 55, 97.0); }

TEST(HeldBackTest, TheThirdSetIsFoundAndLinked) { ExpectAtLeast("held_back_3.tsv", 45, 94.0); }

TEST(HeldBackTest, TheFourthSetIsFoundAndLinked) { ExpectAtLeast("held_back_4.tsv", 55, 91.0); }

TEST(TunedSentencesTest, EverySentenceIsReadExactly) {
  const std::vector<Labelled> labelled = ReadLabelled("sentences.tsv");
  ASSERT_GE(labelled.size(), 120u);
  const Score score = Measure(labelled);
  EXPECT_EQ(score.mistakes, "");
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
