// The state machine: states, commands and what they lead to.
#include <gmock/gmock.h>

#include "tests/unit/reporting/year_end/story.h"

namespace zhenhui::reporting {
namespace {

using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

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

TEST(DecideTest, AnApprovalDoesNotWaitForTheFeeds) {
  Story story;
  story.SignAll();
  story.facts.following = false;
  story.facts.towns[0].behind = true;
  EXPECT_EQ(story.Do(ApproveYear{"d1"}, "first"), "ok");
}

// Their times are certified.
TEST(DecideTest, NothingIsSignedOrApprovedWhileTheClocksDiffer) {
  const struct {
    absl::Duration skew;
    const char* answer;
  } kCases[] = {{absl::Hours(24), "CLOCK_SKEW"},
                {-absl::Hours(24), "CLOCK_SKEW"},
                {absl::Minutes(5) + absl::Seconds(1), "CLOCK_SKEW"},
                {-absl::Minutes(5), "ok"}};
  for (const auto& one : kCases) {
    Story story;
    story.facts.clock_skew = one.skew;
    EXPECT_EQ(story.Do(SignTown{kTownA, "a1", ""}, "clerk"), one.answer) << one.skew;
    story.facts.clock_skew = absl::ZeroDuration();
    story.Do(SignTown{kTownA, "a1", ""}, "clerk");
    EXPECT_EQ(story.Do(SignTown{kTownB, "b1", ""}, "clerk"), "ok");
    story.facts.clock_skew = one.skew;
    EXPECT_EQ(story.Do(ApproveYear{"d1"}, "first"), one.answer) << one.skew;
    EXPECT_EQ(story.Do(SignTown{kTownB, "b1", ""}, "clerk"),
              one.answer == std::string("ok") ? "nothing" : one.answer);
  }
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
