#include "services/activities/rpc/requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/activities/rpc/change_feed.h"
#include "services/activities/wire/content.h"
#include "services/activities/wire/record_types.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

MonthConfirmation March() {
  MonthConfirmation march;
  march.month = absl::CivilMonth(2024, 3);
  march.note = "n";
  march.due_date = Date(2024, 4, 5);
  return march;
}

using testing::Catalogue;
using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

v1::ListActivitiesRequest ListOf(const std::function<void(v1::ListActivitiesRequest&)>& change) {
  v1::ListActivitiesRequest request;
  request.set_parent("townships/630106101");
  change(request);
  return request;
}

TEST(ReadListTest, FaultsHaveReasons) {
  const struct {
    std::function<void(v1::ListActivitiesRequest&)> change;
    const char* reason;
  } kCases[] = {
      {[](auto& r) { r.set_parent("x"); }, "NAME_INVALID"},
      {[](auto& r) { r.set_page_size(-1); }, "PAGE_SIZE_INVALID"},
      {[](auto& r) { r.set_start_date("2024"); }, "DATE_MALFORMED"},
      {[](auto& r) { r.set_start_date("2024-02-01"), r.set_end_date("2024-01-31"); }, "DATE_ORDER"},
      {[](auto& r) { r.add_kinds("party"); }, "UNKNOWN_KIND"},
      {[](auto& r) { r.set_audience("martians"); }, "UNKNOWN_AUDIENCE"},
      {[](auto& r) { r.set_text(std::string(101, 'x')); }, "TEXT_TOO_LONG"},
      {[](auto& r) { r.set_village(std::string("\0", 1)); }, "NUL_BYTE"},
      {[](auto& r) { r.set_show_deleted(true), r.set_state(v1::ACTIVITY_STATE_ACTIVE); }, "STATE_CONFLICT"},
      {[](auto& r) { r.set_read_revision(-1); }, "REVISION_INVALID"},
      {[](auto& r) { r.set_order_by("title"); }, "ORDER_BY_UNKNOWN"},
      {[](auto& r) { r.set_order_by("date  desc"); }, "ORDER_BY_UNKNOWN"},
      {[](auto& r) { r.set_page_token("damaged"); }, "PAGE_TOKEN_INVALID"},
  };
  for (const auto& c : kCases) EXPECT_THAT(ReadList(ListOf(c.change), Catalogue()), HasReason(c.reason));
}

TEST(ReadListTest, WordsOfTheCatalogueBecomeCodes) {
  const auto list =
      ReadList(ListOf([](auto& r) { r.add_kinds("法治党课"), r.set_audience("村民"); }), Catalogue());
  ASSERT_THAT(list, IsOk());
  EXPECT_THAT(list->query.kinds, ElementsAre("law_lecture"));
  EXPECT_EQ(list->query.audience, "villagers");
}

TEST(ReadListTest, ThePageTokenPinsTheRevisionAndBelongsToItsFilter) {
  v1::ListActivitiesRequest request = ListOf([](auto& r) { r.set_text("x"); });
  const auto first = ReadList(request, Catalogue());
  ASSERT_THAT(first, IsOk());
  request.set_page_token(NextPageToken(*first, {Date(2024, 1, 2), "id"}, 17));
  request.set_page_size(7);
  const auto second = ReadList(request, Catalogue());
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->query.read_revision, 17);
  EXPECT_EQ(second->after, (ListPosition{Date(2024, 1, 2), "id"}));
  request.set_text("y");
  EXPECT_THAT(ReadList(request, Catalogue()), HasReason("PAGE_TOKEN_INVALID"));
}

TEST(ReadListTest, APageTokenIsNotGoodForTheOtherOrder) {
  v1::ListActivitiesRequest request = ListOf([](auto& r) { r.set_order_by("date desc"); });
  const auto first = ReadList(request, Catalogue());
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(first->query.newest_first);
  request.set_page_token(NextPageToken(*first, {Date(2024, 1, 2), "id"}, 17));
  EXPECT_THAT(ReadList(request, Catalogue()), IsOk());
  request.set_order_by("date");
  EXPECT_THAT(ReadList(request, Catalogue()), HasReason("PAGE_TOKEN_INVALID"));
  request.clear_page_token();
  EXPECT_FALSE(ReadList(request, Catalogue())->query.newest_first);
}

// What EncodeBatch says of one change.
v1::ActivityChange Said(const feed::StoredChange& change) {
  const auto bytes = EncodeBatch({"630106101", {std::make_shared<feed::StoredChange>(change)}, 12});
  v1::WatchChangesResponse message;
  if (!bytes.ok() || !message.ParseFromString(*bytes) || message.changes_size() != 1 ||
      message.head_revision() != 12 || message.township() != "townships/630106101") {
    ADD_FAILURE() << message.ShortDebugString();
    return {};
  }
  return message.changes(0);
}

TEST(EncodeBatchTest, AChangeCarriesWhatItReplaces) {
  v1::Activity scratch;
  feed::StoredChange change;
  Activity gone = testing::MakeActivity("a");
  change.previous.emplace();
  EncodeActivity(gone, scratch, &*change.previous);
  gone.state = ActivityState::kDeleted;
  EncodeActivity(gone, scratch, &change.record);
  change.revision = 9;
  change.record_type = kDeletionRecord;
  change.record_id = "a";
  change.previous_revision = 4;
  const v1::ActivityChange said = Said(change);
  EXPECT_EQ(said.activity().state(), v1::ACTIVITY_STATE_DELETED);
  EXPECT_EQ(said.activity().etag(), "9");
  EXPECT_EQ(said.previous_activity().state(), v1::ACTIVITY_STATE_ACTIVE);
  EXPECT_EQ(said.previous_activity().revision(), 4);
  EXPECT_EQ(said.previous_activity().name(), "townships/630106101/activities/a");
}

TEST(EncodeBatchTest, TheSplicedBytesAreTheStoredMessageWithItsRevision) {
  v1::Activity scratch;
  feed::StoredChange change;
  EncodeActivity(testing::MakeActivity("a"), scratch, &change.record);
  change.revision = 300;
  change.record_type = kActivityRecord;
  change.record_id = "a";
  change.by = "示例";
  change.reason = "补录";
  change.at = absl::FromUnixMicros(1'700'000'000'123'456);

  v1::ActivityChange expected;
  expected.set_revision(300);
  v1::Activity* activity = expected.mutable_activity();
  ASSERT_TRUE(activity->ParseFromString(change.record));
  EXPECT_GT(activity->measures_size(), 0);
  activity->set_name("townships/630106101/activities/a");
  activity->set_revision(300);
  activity->set_etag("300");
  activity->set_state(v1::ACTIVITY_STATE_ACTIVE);
  activity->mutable_update_time()->set_seconds(1'700'000'000);
  activity->mutable_update_time()->set_nanos(123'456'000);
  activity->set_updated_by("示例");
  activity->set_revision_reason("补录");
  EXPECT_EQ(Said(change).ShortDebugString(), expected.ShortDebugString());
}

TEST(EncodeBatchTest, AMonthIsToldWithWhoConfirmedIt) {
  feed::StoredChange change;
  change.record = EncodeMonth(March());
  change.revision = 5;
  change.record_type = kMonthRecord;
  change.record_id = "2024-03";
  change.by = "示例";
  const v1::ActivityChange said = Said(change);
  EXPECT_EQ(said.month_confirmation().name(), "townships/630106101/monthConfirmations/2024-03");
  EXPECT_EQ(said.month_confirmation().month(), "2024-03");
  EXPECT_EQ(said.month_confirmation().note(), "n");
  EXPECT_EQ(said.month_confirmation().revision(), 5);
  EXPECT_EQ(said.month_confirmation().confirmed_by(), "示例");
  EXPECT_FALSE(said.has_previous_activity());
}

TEST(EncodeBatchTest, AHeartbeatHasNoTown) {
  v1::WatchChangesResponse message;
  ASSERT_TRUE(message.ParseFromString(*EncodeBatch({"", {}, 0})));
  EXPECT_EQ(message.ShortDebugString(), "");
}

TEST(EncodeRecordTest, SnapshotsHoldTheStoredBytesAndLeaveDeletionsOut) {
  v1::Activity scratch;
  std::string record;
  EncodeActivity(testing::MakeActivity("a"), scratch, &record);
  std::string bytes;
  EXPECT_THAT(EncodeRecord(kDeletionRecord, record, &bytes), IsOk());
  EXPECT_THAT(EncodeRecord(kActivityRecord, record, &bytes), IsOk());
  EXPECT_THAT(EncodeRecord(kMonthRecord, EncodeMonth(March()), &bytes), IsOk());
  EXPECT_THAT(EncodeRecord(kActivityRecord, record, &bytes), IsOk());
  v1::StreamSnapshotResponse part;
  ASSERT_TRUE(part.ParseFromString(bytes));
  ASSERT_EQ(part.activities_size(), 2);
  ASSERT_TRUE(scratch.ParseFromString(record));
  for (const v1::Activity& activity : part.activities()) {
    EXPECT_EQ(activity.ShortDebugString(), scratch.ShortDebugString());
  }
  EXPECT_EQ(part.month_confirmations(0).month(), "2024-03");
}

}  // namespace
}  // namespace zhenhui::activities
