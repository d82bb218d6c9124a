// What keeps a year from being closed, as a table.
#include <gmock/gmock.h>

#include <functional>

#include "tests/unit/reporting/year_end/story.h"

namespace zhenhui::reporting {
namespace {

TEST(BlockersTest, EachBlockerIsListedWithItsTown) {
  const struct {
    const char* what;
    std::function<void(Story&)> make;
    std::vector<std::string> blocking;
  } kCases[] = {
      {"nothing happened",
       [](Story&) {},
       {std::string("TOWN_NOT_SIGNED") + kTownA, std::string("TOWN_NOT_SIGNED") + kTownB, "NOT_APPROVED"}},
      {"signed", [](Story& s) { s.SignAll(); }, {"NOT_APPROVED"}},
      {"approved",
       [](Story& s) {
         s.SignAll();
         s.Do(ApproveYear{"d1"}, "x");
         s.Do(ApproveYear{"d1"}, "y");
       },
       {}},
      {"a figure changed",
       [](Story& s) {
         s.SignAll();
         s.facts.towns[1].digest = "b2";
         s.facts.digest = "d2";
       },
       {std::string("SIGNATURE_VOID") + kTownB, "NOT_APPROVED"}},
      {"it changed back",
       [](Story& s) {
         s.SignAll();
         s.facts.towns[1].digest = "b2";
         s.facts.towns[1].digest = "b1";
       },
       {"NOT_APPROVED"}},
      {"months are missing",
       [](Story& s) {
         s.SignAll();
         s.facts.towns[0].unconfirmed_months = 2;
       },
       {std::string("MONTHS_UNCONFIRMED") + kTownA, "NOT_APPROVED"}},
      {"a town is behind",
       [](Story& s) {
         s.SignAll();
         s.facts.towns[0].behind = true;
       },
       {std::string("FEED_BEHIND") + kTownA, "NOT_APPROVED"}},
      {"no feed",
       [](Story& s) {
         s.SignAll();
         s.facts.following = false;
       },
       {"FEED_BEHIND", "NOT_APPROVED"}},
      {"no towns", [](Story& s) { s.facts.towns.clear(); }, {"NO_TOWNSHIPS", "NOT_APPROVED"}},
      {"too early",
       [](Story& s) {
         s.SignAll();
         s.facts.year_over = false;
       },
       {"YEAR_NOT_OVER", "NOT_APPROVED"}},
      {"last year reopened",
       [](Story& s) {
         s.SignAll();
         s.facts.previous_reopened = true;
       },
       {"NOT_APPROVED", "PREVIOUS_YEAR_REOPENED"}},
      {"a clock ahead",
       [](Story& s) {
         s.SignAll();
         s.facts.clock_skew = absl::Hours(24);
       },
       {"NOT_APPROVED", "CLOCK_SKEW"}},
      {"a clock behind",
       [](Story& s) {
         s.SignAll();
         s.facts.clock_skew = -absl::Hours(24);
       },
       {"NOT_APPROVED", "CLOCK_SKEW"}},
      {"a clock nearly right",
       [](Story& s) {
         s.SignAll();
         s.facts.clock_skew = absl::Minutes(5);
       },
       {"NOT_APPROVED"}},
      {"closed",
       [](Story& s) {
         s.CloseAll();
         s.facts.towns[0].digest = "a2";
         s.facts.following = false;
       },
       {}},
  };
  for (const auto& one : kCases) {
    Story story;
    one.make(story);
    EXPECT_EQ(story.Blocking(), one.blocking) << one.what;
    const std::string closing = story.state.closed     ? "nothing"
                                : one.blocking.empty() ? "ok"
                                                       : "YEAR_END_BLOCKED";
    EXPECT_EQ(story.Do(CloseYear{}, "job"), closing) << one.what;
  }
}

TEST(BlockersTest, ARefusedClosingTellsTheReasonsToAProgram) {
  Story story;
  const auto refused = Decide(story.state, story.facts, CloseYear{}, "job", kStoryNow);
  EXPECT_EQ(MetadataOf(refused.status()).at("reasons"), "NOT_APPROVED,TOWN_NOT_SIGNED");
}

}  // namespace
}  // namespace zhenhui::reporting
