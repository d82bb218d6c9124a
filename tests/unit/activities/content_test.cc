#include "services/activities/wire/content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/activities/rpc/messages.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using testing::MakeActivity;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

TEST(ContentTest, StoredBytesGiveTheContentBack) {
  v1::Activity scratch;
  std::string bytes;
  for (const ActivityState state : {ActivityState::kActive, ActivityState::kDeleted}) {
    Activity activity = MakeActivity("a");
    activity.state = state;
    EncodeActivity(activity, scratch, &bytes);
    const auto back = DecodeActivity("a", bytes);
    ASSERT_THAT(back, IsOk());
    EXPECT_TRUE(SameContent(*back, activity));
  }
}

TEST(ContentTest, TheScratchMessageLeavesNoTrace) {
  v1::Activity scratch;
  std::string bytes;
  EncodeActivity(MakeActivity("a"), scratch, &bytes);
  Activity bare;
  bare.id = "b";
  bare.kind = "permit";
  bare.date = Date(2024, 1, 1);
  Canonicalise(bare);
  EncodeActivity(bare, scratch, &bytes);
  EXPECT_TRUE(SameContent(*DecodeActivity("b", bytes), bare));
}

TEST(ContentTest, DamagedBytesAreAnError) {
  EXPECT_THAT(DecodeActivity("a", "\xff"), HasReason("RECORD_DAMAGED"));
  EXPECT_THAT(DecodeActivity("a", ""), HasReason("RECORD_DAMAGED"));
  EXPECT_THAT(DecodeMonth("\xff"), HasReason("RECORD_DAMAGED"));
}

TEST(ContentTest, WhatAClientSendsIsWhatItGets) {
  StoredActivity stored{MakeActivity("a"), 5, absl::FromUnixMicros(-1), "clerk", "why"};
  v1::Activity message;
  ToProto("630106101", stored, &message);
  EXPECT_EQ(message.name(), "townships/630106101/activities/a");
  EXPECT_EQ(message.etag(), "5");
  EXPECT_EQ(message.update_time().seconds(), -1);
  EXPECT_EQ(message.update_time().nanos(), 999'999'000);
  Draft draft = TakeDraft("630106101", message);
  EXPECT_EQ(draft.date_text, "2024-03-05");
  draft.content.date = Date(2024, 3, 5);
  Canonicalise(draft.content);
  EXPECT_TRUE(SameContent(draft.content, stored.content));
}

TEST(ContentTest, RosterEntriesSurviveTheirStoredForm) {
  Activity activity = testing::MakeActivity("a");
  activity.roster_entries = {"lc-001", "lc-002"};
  v1::Activity scratch;
  std::string bytes;
  EncodeActivity(activity, scratch, &bytes);
  const auto decoded = DecodeActivity("a", bytes);
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->roster_entries, activity.roster_entries);
  Activity other_order = activity;
  std::swap(other_order.roster_entries[0], other_order.roster_entries[1]);
  EXPECT_TRUE(SameContent(activity, other_order));
  other_order.roster_entries.pop_back();
  EXPECT_FALSE(SameContent(activity, other_order));
}

TEST(ContentTest, AConfirmationFromBeforeThereWereDueDatesIsReadAsInTime) {
  v1::MonthConfirmation old;
  old.set_month("2024-03");
  const auto read = DecodeMonth(old.SerializeAsString());
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->due_date, Date(2024, 4, 5));
  EXPECT_FALSE(read->late);
}

TEST(ContentTest, TargetsSurviveTheirStoredForm) {
  Target target{"law_lectures", 2024, {1, 0, 3, 4}, TargetSource::kOther, "村规划", true};
  const auto decoded = DecodeTarget(EncodeTarget(target));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(*decoded, target);
  EXPECT_FALSE(DecodeTarget("").ok());
  EXPECT_FALSE(DecodeTarget("\xff").ok());
}

}  // namespace
}  // namespace zhenhui::activities
