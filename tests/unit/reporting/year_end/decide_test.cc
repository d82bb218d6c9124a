// The state machine, as tables of states, commands and what they lead to.
#include <gmock/gmock.h>

#include <functional>

#include "services/reporting/domain/year_end/year_end.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

constexpr char kTownA[] = "630106101";
constexpr char kTownB[] = "630106102";
const absl::Time kNow = absl::FromUnixSeconds(1'736'500'000) + absl::Milliseconds(250);

// A year that is over, of two towns; digests are short words here.
struct Story {
  Story() {
    facts.towns = {{kTownA, "a1", {}, 0, false}, {kTownB, "b1", {}, 0, false}};
    facts.digest = "d1";
    facts.year_over = true;
  }

  // The reason of the refusal; "ok" where events followed, "nothing" where none did.
  std::string Do(const YearCommand& command, const std::string& by) {
    const auto events = Decide(state, facts, command, by, kNow);
    if (!events.ok()) return ReasonOf(events.status());
    for (const YearEvent& event : *events) {
      YearEvent stored = event;
      if (stored.type == YearEventType::kClosed) stored.digest = "certificate";
      EXPECT_THAT(Apply(state, stored), IsOk());
    }
    return events->empty() ? "nothing" : "ok";
  }
  std::vector<std::string> Blocking() const {
    std::vector<std::string> reasons;
    for (const auto& blocking : Blockers(state, facts))
      reasons.push_back(blocking.reason + blocking.township);
    return reasons;
  }
  void SignAll() {
    for (const TownFacts& town : facts.towns)
      EXPECT_EQ(Do(SignTown{town.code, town.digest, ""}, "clerk"), "ok");
  }
  void CloseAll() {
    SignAll();
    EXPECT_EQ(Do(ApproveYear{"d1"}, "first"), "ok");
    EXPECT_EQ(Do(ApproveYear{"d1"}, "second"), "ok");
    EXPECT_EQ(Do(CloseYear{}, "job"), "ok");
  }

  YearEndState state;
  YearFacts facts;
};

TEST(DecideTest, EachBlockerIsListedWithItsTown) {
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

TEST(DecideTest, ARefusedClosingTellsTheReasonsToAProgram) {
  Story story;
  const auto refused = Decide(story.state, story.facts, CloseYear{}, "job", kNow);
  EXPECT_EQ(MetadataOf(refused.status()).at("reasons"), "NOT_APPROVED,TOWN_NOT_SIGNED");
}

TEST(DecideTest, SigningNamesWhatWasSeen) {
  Story story;
  EXPECT_EQ(story.Do(SignTown{kTownA, "stale", ""}, "clerk"), "FIGURES_CHANGED");
  EXPECT_EQ(story.Do(SignTown{"630106109", "a1", ""}, "clerk"), "TOWNSHIP_NOT_FOUND");
  EXPECT_EQ(story.Do(SignTown{kTownA, "a1", "note"}, "clerk"), "ok");
  EXPECT_EQ(story.state.signatures.at(kTownA).by, "clerk");
  EXPECT_EQ(story.state.signatures.at(kTownA).at, absl::FromUnixSeconds(1'736'500'000)) << "whole seconds";
  EXPECT_EQ(story.Do(SignTown{kTownA, "a1", "again"}, "other"), "nothing");
  EXPECT_EQ(story.state.signatures.at(kTownA).by, "clerk");
  story.facts.year_over = false;
  EXPECT_EQ(story.Do(SignTown{kTownB, "b1", ""}, "clerk"), "YEAR_NOT_OVER");
}

TEST(DecideTest, ApprovingTakesTwoPersonsAndOnlyWhatTownsHaveSigned) {
  Story story;
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "first"), "YEAR_END_BLOCKED");
  story.SignAll();
  EXPECT_EQ(story.Do(ApproveYear{"d0"}, "first"), "FIGURES_CHANGED");
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "first"), "ok");
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "first"), "nothing");
  EXPECT_EQ(ValidApprovals(story.state, "d1").size(), 1u);
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "second"), "ok");
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "third"), "nothing") << "two are enough";
  EXPECT_THAT(ValidApprovals(story.state, "d2"), IsEmpty()) << "they were of other figures";
  story.facts.year_over = false;
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "fourth"), "YEAR_NOT_OVER");
}

TEST(DecideTest, AnApprovalDoesNotWaitForTheFeedsNorTheClock) {
  Story story;
  story.SignAll();
  story.facts.following = false;
  story.facts.clock_skew = absl::Hours(1);
  story.facts.towns[0].behind = true;
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "first"), "ok");
}

TEST(DecideTest, WhatHappenedAlreadyChangesNothing) {
  Story story;
  story.CloseAll();
  const YearEndState closed = story.state;
  EXPECT_EQ(story.Do(CloseYear{}, "another"), "nothing");
  EXPECT_EQ(story.Do(SignTown{kTownA, "a1", ""}, "clerk"), "nothing");
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "second"), "nothing");
  EXPECT_EQ(story.state, closed);
  EXPECT_EQ(story.Do(SignTown{kTownA, "a2", ""}, "clerk"), "YEAR_CLOSED");
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "third"), "YEAR_CLOSED");
}

TEST(DecideTest, ReopeningTakesAReasonAndASecondPersonAndBeginsAnew) {
  Story story;
  EXPECT_EQ(story.Do(RequestReopening{"why"}, "first"), "YEAR_NOT_CLOSED");
  EXPECT_EQ(story.Do(ApproveReopening{}, "first"), "YEAR_NOT_CLOSED");
  story.CloseAll();
  EXPECT_EQ(story.Do(ApproveReopening{}, "second"), "NO_REOPENING_REQUESTED");
  EXPECT_EQ(story.Do(RequestReopening{"why"}, "first"), "ok");
  EXPECT_EQ(story.Do(RequestReopening{"why"}, "first"), "nothing");
  EXPECT_EQ(story.Do(ApproveReopening{}, "first"), "SECOND_PERSON_NEEDED");
  // A second request replaces the first, and its own person cannot approve it.
  EXPECT_EQ(story.Do(RequestReopening{"another reason"}, "second"), "ok");
  EXPECT_EQ(story.Do(ApproveReopening{}, "second"), "SECOND_PERSON_NEEDED");
  EXPECT_EQ(story.Do(ApproveReopening{}, "first"), "ok");
  EXPECT_FALSE(story.state.closed);
  EXPECT_EQ(story.state.generation, 1);
  EXPECT_THAT(story.state.signatures, IsEmpty());
  EXPECT_THAT(story.state.approvals, IsEmpty());
  EXPECT_EQ(story.state.certificate, "certificate");
  EXPECT_EQ(story.Do(ApproveReopening{}, "first"), "nothing") << "sent again";
  EXPECT_EQ(story.Do(ApproveReopening{}, "second"), "YEAR_NOT_CLOSED");
  story.CloseAll();
  EXPECT_EQ(story.state.generation, 2);
}

TEST(ApplyTest, EventsThatCannotFollowAreFound) {
  YearEvent event;
  event.number = 2;
  YearEndState state;
  EXPECT_THAT(Apply(state, event), HasReason("EVENT_OUT_OF_ORDER"));
  for (const YearEventType type :
       {YearEventType::kRestated, YearEventType::kReopenRequested, YearEventType::kReopened}) {
    event.number = 1;
    event.type = type;
    EXPECT_THAT(Apply(state, event), HasReason("EVENT_OUT_OF_ORDER")) << YearEventName(type);
  }
  EXPECT_EQ(state, YearEndState());
  for (const YearEventType type :
       {YearEventType::kSigned, YearEventType::kApproved, YearEventType::kClosed}) {
    Story story;
    story.CloseAll();
    event.number = story.state.last_number + 1;
    event.type = type;
    EXPECT_THAT(Apply(story.state, event), HasReason("EVENT_OUT_OF_ORDER")) << YearEventName(type);
  }
}

TEST(ApplyTest, RestatementsAreCountedForEverAndSinceTheClosing) {
  Story story;
  story.CloseAll();
  YearEvent event;
  event.type = YearEventType::kRestated;
  event.township = kTownA;
  event.revisions[Feed::kActivities] = 9;
  event.number = story.state.last_number + 1;
  ASSERT_THAT(Apply(story.state, event), IsOk());
  EXPECT_EQ(story.state.restatements, 1);
  EXPECT_EQ(story.state.restated_to.at(kTownA)[Feed::kActivities], 9);
  story.Do(RequestReopening{"why"}, "first");
  story.Do(ApproveReopening{}, "second");
  story.CloseAll();
  EXPECT_EQ(story.state.restatements, 1);
  EXPECT_EQ(story.state.restatements_since_close, 0);
}

TEST(YearEventTest, NamesAreThoseThatAreStored) {
  for (const char* name : {"SIGNED", "APPROVED", "CLOSED", "RESTATED", "REOPEN_REQUESTED", "REOPENED"}) {
    ASSERT_TRUE(ParseYearEvent(name).has_value()) << name;
    EXPECT_EQ(YearEventName(*ParseYearEvent(name)), name);
  }
  EXPECT_FALSE(ParseYearEvent("OPENED").has_value());
}

}  // namespace
}  // namespace zhenhui::reporting
