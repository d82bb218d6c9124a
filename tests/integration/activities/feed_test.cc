// WatchChanges and StreamSnapshot.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "absl/time/clock.h"
#include "tests/integration/activities/activities_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::activities::testing {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

TEST_F(ActivitiesTest, AWatchEndsWhenItsTokenExpires) {
  Push(reporter(), {MakeMessage("a")});
  const absl::Time expires = absl::Now() + absl::Seconds(2);
  const auto job = v1::ActivityService::NewStub(
      host_.ChannelWith(zhenhui::testing::TokenUntil(auth::Role::kJob, "630106", expires)));
  const auto context = Context();
  const auto watch = job->WatchChanges(context.get(), v1::WatchChangesRequest());
  v1::WatchChangesResponse message;
  EXPECT_TRUE(watch->Read(&message));
  while (watch->Read(&message)) continue;
  EXPECT_THAT(Seen(watch->Finish()), HasReason("TOKEN_EXPIRED"));
  EXPECT_LT(absl::Now(), expires + absl::Seconds(10));
}

TEST_F(ActivitiesTest, AFollowerSeesEachChangeOnceWithWhatItReplaces) {
  Push(reporter(), {MakeMessage("a")});
  const auto job = As(auth::Role::kJob, "630106");
  const auto context = Context();
  const auto watch = job->WatchChanges(context.get(), v1::WatchChangesRequest());
  std::vector<v1::ActivityChange> seen;
  v1::WatchChangesResponse message;
  const auto read_until = [&](int64_t revision) {
    while (seen.empty() || seen.back().revision() < revision) {
      if (!watch->Read(&message)) return false;
      seen.insert(seen.end(), message.changes().begin(), message.changes().end());
    }
    return true;
  };
  ASSERT_TRUE(read_until(1));
  v1::Activity changed = MakeMessage("a", "2024-03-06");
  changed.set_etag("1");
  Push(reporter(), {changed, MakeMessage("b")}, "wrong day");
  v1::ConfirmMonthRequest month;
  month.set_parent("townships/630106101");
  month.set_month("2024-03");
  v1::ConfirmMonthResponse confirmed;
  ASSERT_THAT(Seen(reporter().ConfirmMonth(Context().get(), month, &confirmed)), IsOk());
  ASSERT_TRUE(read_until(4));
  ASSERT_EQ(seen.size(), 4u);
  for (size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i].revision(), static_cast<int64_t>(i) + 1);
  EXPECT_FALSE(seen[0].has_previous_activity());
  EXPECT_EQ(seen[1].previous_activity().date(), "2024-03-05");
  EXPECT_EQ(seen[1].activity().date(), "2024-03-06");
  EXPECT_EQ(seen[1].activity().revision_reason(), "wrong day");
  EXPECT_EQ(seen[3].month_confirmation().month(), "2024-03");
  context->TryCancel();
}

TEST_F(ActivitiesTest, ACursorAheadOfTheFeedIsOutOfRange) {
  Push(reporter(), {MakeMessage("a")});
  v1::WatchChangesRequest request;
  auto* cursor = request.add_cursors();
  cursor->set_feed(zhenhui::common::v1::FEED_ACTIVITIES);
  cursor->set_township("townships/630106101");
  cursor->set_revision(2);
  const auto context = Context();
  const auto job = As(auth::Role::kJob, "*");
  const auto watch = job->WatchChanges(context.get(), request);
  v1::WatchChangesResponse message;
  while (watch->Read(&message)) {
  }
  EXPECT_THAT(Seen(watch->Finish()), HasReason("CURSOR_AHEAD"));
}

TEST_F(ActivitiesTest, ASnapshotHoldsTheActiveRecordsOfItsRevision) {
  Push(reporter(), {MakeMessage("a", "2024-01-01"), MakeMessage("b", "2024-01-02")});
  v1::DeleteActivityRequest remove;
  remove.set_name("townships/630106101/activities/a");
  remove.set_reason("error");
  v1::DeleteActivityResponse removed;
  ASSERT_THAT(Seen(reporter().DeleteActivity(Context().get(), remove, &removed)), IsOk());
  const auto dates_at = [&](int64_t revision) {
    v1::StreamSnapshotRequest request;
    request.set_township("townships/630106101");
    request.set_read_revision(revision);
    const auto context = Context();
    const auto job = As(auth::Role::kJob, "*");
    const auto stream = job->StreamSnapshot(context.get(), request);
    std::multiset<std::string> dates;
    bool last = false;
    v1::StreamSnapshotResponse part;
    while (stream->Read(&part)) {
      for (const auto& activity : part.activities()) dates.insert(activity.date());
      last = part.last();
    }
    EXPECT_THAT(Seen(stream->Finish()), IsOk());
    EXPECT_TRUE(last);
    return dates;
  };
  EXPECT_EQ(dates_at(0), (std::multiset<std::string>{"2024-01-02"}));
  EXPECT_EQ(dates_at(2), (std::multiset<std::string>{"2024-01-01", "2024-01-02"}));
  EXPECT_EQ(dates_at(1), (std::multiset<std::string>{"2024-01-01"}));
}

TEST_F(ActivitiesTest, FeedsAreNotForReporters) {
  const auto context = Context();
  const auto watch = reporter().WatchChanges(context.get(), v1::WatchChangesRequest());
  v1::WatchChangesResponse message;
  EXPECT_FALSE(watch->Read(&message));
  EXPECT_THAT(Seen(watch->Finish()), HasReason("ROLE_NOT_ALLOWED"));
}

}  // namespace
}  // namespace zhenhui::activities::testing
