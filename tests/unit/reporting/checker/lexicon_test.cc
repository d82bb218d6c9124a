#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "services/reporting/catalogue/shipped_phrases.h"
#include "services/reporting/checker/pattern.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/checker/fixture.h"

namespace zhenhui::reporting::checker::testing {
namespace {

using ::testing::HasSubstr;
using zhenhui::testing::HasReason;
using zhenhui::testing::StatusIs;

TEST(LexiconTest, EveryMetricOfTheCatalogueHasPhrases) {
  for (const Metric& metric : ShippedCatalogue().metrics()) {
    const MetricPhrases* phrases = ShippedLexicon().Find(metric.code);
    ASSERT_NE(phrases, nullptr) << metric.code;
    EXPECT_FALSE(phrases->phrases.empty()) << metric.code;
  }
  EXPECT_EQ(ShippedLexicon().Find("no_such_metric"), nullptr);
}

TEST(LexiconTest, EveryMetricIsFoundByItsOwnNameAndUnit) {
  // A metric's own name must lead to it, or it has no usable phrases.
  for (const Metric& metric : ShippedCatalogue().metrics()) {
    const std::string unit = metric.unit.zh == "名/村" ? "名" : metric.unit.zh;
    const auto links = Links(Check(metric.name.zh + "12" + unit + "。"));
    ASSERT_EQ(links.size(), 1u) << metric.name.zh;
    EXPECT_THAT(links[0], HasSubstr("=" + metric.code)) << metric.name.zh;
  }
}

// The shipped file with one thing changed.
template <typename Change>
absl::Status LoadChanged(const Change& change) {
  nlohmann::json file = nlohmann::json::parse(ShippedPhrases());
  change(file);
  return Lexicon::Load(file.dump(), ShippedCatalogue()).status();
}

TEST(LexiconTest, WhatIsWrongInTheFileIsNamed) {
  using Json = nlohmann::json;
  constexpr auto kInvalid = absl::StatusCode::kInvalidArgument;
  EXPECT_THAT(LoadChanged([](Json& f) { f["metrics"][0]["metric"] = "no_such"; }),
              StatusIs(kInvalid, HasSubstr("no_such")));
  EXPECT_THAT(LoadChanged([](Json& f) { f["metrics"][1]["metric"] = f["metrics"][0]["metric"]; }),
              StatusIs(kInvalid, HasSubstr("stands twice")));
  EXPECT_THAT(LoadChanged([](Json& f) { f["metrics"][0]["measures"] = {"furlong"}; }),
              StatusIs(kInvalid, HasSubstr("furlong")));
  EXPECT_THAT(LoadChanged([](Json& f) { f["metrics"][0]["phrases"] = {"<nothing>会"}; }),
              StatusIs(kInvalid, HasSubstr("nothing")));
  EXPECT_THAT(LoadChanged([](Json& f) {
                f["metrics"][0]["topic_phrases"] = {{"weather", {"雨"}}};
              }),
              StatusIs(kInvalid, HasSubstr("weather")));
  EXPECT_THAT(LoadChanged([](Json& f) { f["metrics"][0]["phrase"] = "会"; }), HasReason("DATA_FILE_INVALID"));
  EXPECT_THAT(LoadChanged([](Json& f) { f["markers"].erase("zero"); }),
              StatusIs(kInvalid, HasSubstr("zero")));
}

absl::StatusOr<Pattern> Compile(std::string_view phrase) {
  static const std::string kLaw = "法治|宪法";
  return Pattern::Compile(phrase, [](std::string_view name) { return name == "law" ? &kLaw : nullptr; });
}

struct PatternCase {
  std::string phrase;
  std::string text;
  int end;  // of the match at the text's begin; -1 for none
};

TEST(PatternTest, MatchesTheLongestThatItsGrammarAllows) {
  const PatternCase cases[] = {{"讲座", "讲座6场", 2},
                               {"讲座", "开讲座", -1},
                               {"<law>讲座", "宪法讲座", 4},
                               {"法治(宣传|)活动", "法治活动", 4},
                               {"法治(宣传|)活动", "法治宣传活动", 6},
                               {"开展~讲座", "开展各类讲座", 6},
                               {"开展~讲座", "开展一二三四五六七八讲座", 12},
                               {"开展~讲座", "开展一二三四五六七八九讲座", -1},
                               {"开展~讲座", "开展，讲座", -1},
                               {"(甲|(乙|丙)丁)戊", "丙丁戊", 3}};
  const Stepper step = [](size_t) -> size_t { return 1; };
  for (const PatternCase& one : cases) {
    const auto pattern = Compile(one.phrase);
    ASSERT_TRUE(pattern.ok()) << one.phrase;
    const std::u32string text = Fold(one.text);
    const Stepper stop = [&](size_t at) -> size_t { return EndsClause(text[at]) ? 0 : step(at); };
    const auto match = pattern->MatchAt(text, 0, stop);
    EXPECT_EQ(match ? static_cast<int>(match->end) : -1, one.end) << one.phrase << " on " << one.text;
  }
}

TEST(PatternTest, BrokenPhrasesAreRefused) {
  for (const char* phrase : {"(甲", "甲)", "<甲", "甲>", "<none>", "", "()", "~甲"}) {
    EXPECT_THAT(Compile(phrase).status(), HasReason("DATA_FILE_INVALID")) << phrase;
  }
}

}  // namespace
}  // namespace zhenhui::reporting::checker::testing
