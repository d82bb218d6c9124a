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

using testing::Catalogue;
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
      {[](auto& r) { r.set_page_token("damaged"); }, "PAGE_TOKEN_INVALID"},
  };
  for (const auto& c : kCases) EXPECT_THAT(ReadList(ListOf(c.change), Catalogue()), HasReason(c.reason));
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
  const auto message = EncodeBatch({"630106101", {std::make_shared<feed::StoredChange>(change)}, 12});
  ASSERT_THAT(message, IsOk());
  EXPECT_EQ(message->head_revision(), 12);
  const v1::ActivityChange& said = message->changes(0);
  EXPECT_EQ(said.activity().state(), v1::ACTIVITY_STATE_DELETED);
  EXPECT_EQ(said.activity().etag(), "9");
  EXPECT_EQ(said.previous_activity().state(), v1::ACTIVITY_STATE_ACTIVE);
  EXPECT_EQ(said.previous_activity().revision(), 4);
  EXPECT_EQ(said.previous_activity().name(), "townships/630106101/activities/a");
  change.record = "\xff";
  EXPECT_THAT(EncodeBatch({"630106101", {std::make_shared<feed::StoredChange>(change)}, 12}),
              HasReason("RECORD_DAMAGED"));
}

TEST(EncodeRecordTest, SnapshotsLeaveDeletionsOut) {
  v1::StreamSnapshotResponse part;
  EXPECT_THAT(EncodeRecord(kDeletionRecord, "", &part), IsOk());
  EXPECT_THAT(EncodeRecord(kMonthRecord, EncodeMonth(absl::CivilMonth(2024, 3), "n"), &part), IsOk());
  EXPECT_EQ(part.activities_size(), 0);
  EXPECT_EQ(part.month_confirmations(0).month(), "2024-03");
}

}  // namespace
}  // namespace zhenhui::activities
