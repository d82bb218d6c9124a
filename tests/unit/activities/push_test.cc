#include "services/activities/domain/push.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/activities/fake_places.h"
#include "tests/testing/activities/fake_repository.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using ::testing::ElementsAre;
using testing::kTown;
using testing::MakeDraft;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

class PushTest : public ::testing::Test {
 protected:
  PushBatch Batch(std::vector<Draft> records, std::string reason = "") {
    PushBatch batch;
    batch.township = kTown;
    batch.records = std::move(records);
    batch.reason = std::move(reason);
    batch.by = "clerk";
    return batch;
  }
  // Each outcome as "CREATED 1" or "REFUSED ID_IN_USE".
  std::vector<std::string> Push(PushBatch batch) {
    auto result = push_.Push(std::move(batch), absl::InfiniteFuture());
    EXPECT_THAT(result, IsOk());
    std::vector<std::string> out;
    if (!result.ok()) return out;
    head_ = result->head;
    for (const RecordOutcome& outcome : result->outcomes) {
      constexpr const char* kNames[] = {"CREATED", "UPDATED", "UNCHANGED", "REFUSED", "NOT_ATTEMPTED"};
      std::string line = kNames[static_cast<int>(outcome.outcome)];
      if (outcome.revision != 0) line += " " + std::to_string(outcome.revision);
      for (const FieldViolation& violation : outcome.violations) line += " " + violation.reason;
      out.push_back(line);
    }
    return out;
  }
  static Draft WithEtag(Draft draft, std::string etag) {
    draft.etag = std::move(etag);
    return draft;
  }

  testing::FakeRepository repository_;
  testing::FakePlaces places_;
  zhenhui::testing::FakeClock clock_;
  PushUseCase push_{repository_, places_, testing::Catalogue(), clock_};
  int64_t head_ = 0;
};

TEST_F(PushTest, NewRecordsAreCreatedInOrder) {
  EXPECT_THAT(Push(Batch({MakeDraft("a"), MakeDraft("b")})), ElementsAre("CREATED 1", "CREATED 2"));
  EXPECT_EQ(head_, 2);
}

TEST_F(PushTest, SendingAgainChangesNothing) {
  Push(Batch({MakeDraft("a"), MakeDraft("b")}));
  Draft reordered = MakeDraft("b");
  std::swap(reordered.content.audiences[0], reordered.content.audiences[1]);
  EXPECT_THAT(Push(Batch({MakeDraft("a"), reordered, MakeDraft("c")})),
              ElementsAre("UNCHANGED 1", "UNCHANGED 2", "CREATED 3"));
}

TEST_F(PushTest, AnExplicitDefaultIsTheSameContent) {
  Draft without = MakeDraft("a");
  without.content.measures = {{"issues", 2}};
  Draft with = MakeDraft("a");
  with.content.measures = {{"occurrences", 1}, {"issues", 2}};
  EXPECT_THAT(Push(Batch({without})), ElementsAre("CREATED 1"));
  EXPECT_THAT(Push(Batch({with})), ElementsAre("UNCHANGED 1"));
}

TEST_F(PushTest, SameIdWithOtherContentIsRefused) {
  Push(Batch({MakeDraft("a")}));
  EXPECT_THAT(Push(Batch({MakeDraft("a", Date(2024, 3, 6))})), ElementsAre("REFUSED ID_IN_USE"));
}

TEST_F(PushTest, AMatchingEtagAndAReasonCorrect) {
  Push(Batch({MakeDraft("a")}));
  const Draft corrected = WithEtag(MakeDraft("a", Date(2024, 3, 6)), "1");
  EXPECT_THAT(Push(Batch({corrected})), ElementsAre("REFUSED REASON_MISSING"));
  EXPECT_THAT(Push(Batch({corrected}, "wrong day")), ElementsAre("UPDATED 2"));
  // Its acknowledgement was lost: the same again, with the etag that is old by now.
  EXPECT_THAT(Push(Batch({corrected}, "wrong day")), ElementsAre("UNCHANGED 2"));
  EXPECT_EQ(repository_.Get(kTown, "a", absl::InfiniteFuture())->reason, "wrong day");
}

TEST_F(PushTest, AStaleOrInventedEtagIsRefused) {
  Push(Batch({MakeDraft("a")}));
  EXPECT_THAT(
      Push(Batch({WithEtag(MakeDraft("a", Date(2024, 3, 6)), "7"), WithEtag(MakeDraft("b"), "1")}, "r")),
      ElementsAre("REFUSED ETAG_MISMATCH", "REFUSED ETAG_MISMATCH"));
}

TEST_F(PushTest, ADeletedOneIsRestoredOnlyByItsEtag) {
  Push(Batch({MakeDraft("a")}));
  {
    Activity gone = repository_.Get(kTown, "a", absl::InfiniteFuture())->content;
    gone.state = ActivityState::kDeleted;
    const std::string id = "a";
    const auto decide = [&](ActivityRepository::Existing,
                            int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
      return std::vector<PlannedWrite>{{&gone, 0}};
    };
    ASSERT_THAT(
        repository_.Write(kTown, {&id, 1}, decide, {"clerk", clock_.Now(), "error"}, absl::InfiniteFuture()),
        IsOk());
  }
  EXPECT_THAT(Push(Batch({MakeDraft("a")})), ElementsAre("REFUSED ACTIVITY_DELETED"));
  EXPECT_THAT(Push(Batch({WithEtag(MakeDraft("a"), "2")}, "it did happen")), ElementsAre("UPDATED 3"));
}

TEST_F(PushTest, TheSecondOfTwoEqualIdsInABatchIsRefused) {
  EXPECT_THAT(Push(Batch({MakeDraft("a"), MakeDraft("a"), MakeDraft("b")})),
              ElementsAre("CREATED 1", "REFUSED DUPLICATE_IN_BATCH", "CREATED 2"));
}

TEST_F(PushTest, ANewRecordOfAConfirmedMonthNeedsAReasonAndKeepsIt) {
  Push(Batch({MakeDraft("before")}));
  MonthConfirmation march;
  march.month = absl::CivilMonth(2024, 3);
  ASSERT_THAT(repository_.Confirm(kTown, march, {"boss", clock_.Now(), ""}, absl::InfiniteFuture()), IsOk());
  const Draft late = MakeDraft("late", Date(2024, 3, 31));
  const Draft free = MakeDraft("free", Date(2024, 4, 1));
  EXPECT_THAT(Push(Batch({MakeDraft("before"), late, free})),
              ElementsAre("UNCHANGED 1", "REFUSED MONTH_CONFIRMED", "CREATED 3"));
  EXPECT_THAT(Push(Batch({late, MakeDraft("more", Date(2024, 4, 2))}, "found later")),
              ElementsAre("CREATED 4", "CREATED 5"));
  EXPECT_EQ(repository_.Get(kTown, "late", absl::InfiniteFuture())->reason, "found later");
  EXPECT_EQ(repository_.Get(kTown, "more", absl::InfiniteFuture())->reason, "");
  EXPECT_THAT(Push(Batch({late})), ElementsAre("UNCHANGED 4"));
}

TEST_F(PushTest, AFaultyRecordDoesNotHoldUpTheOthers) {
  Draft bad = MakeDraft("bad");
  bad.content.kind = "party";
  EXPECT_THAT(Push(Batch({MakeDraft("a"), bad, MakeDraft("b")})),
              ElementsAre("CREATED 1", "REFUSED UNKNOWN_KIND", "CREATED 2"));
}

TEST_F(PushTest, AllOrNothingWritesNothingWhenOneIsRefused) {
  Push(Batch({MakeDraft("old")}));
  Draft bad = MakeDraft("bad");
  bad.content.kind = "party";
  PushBatch batch = Batch({MakeDraft("a"), bad, MakeDraft("old")});
  batch.all_or_nothing = true;
  EXPECT_THAT(Push(batch), ElementsAre("NOT_ATTEMPTED", "REFUSED UNKNOWN_KIND", "UNCHANGED 1"));
  batch = Batch({MakeDraft("a"), MakeDraft("old", Date(2024, 1, 1))});
  batch.all_or_nothing = true;
  EXPECT_THAT(Push(batch), ElementsAre("NOT_ATTEMPTED", "REFUSED ID_IN_USE"));
  EXPECT_EQ(head_, 1);
  EXPECT_THAT(repository_.Get(kTown, "a", absl::InfiniteFuture()), HasReason("ACTIVITY_NOT_FOUND"));
}

TEST_F(PushTest, ValidateOnlySaysWhatWouldHappen) {
  Push(Batch({MakeDraft("old")}));
  PushBatch batch = Batch({MakeDraft("a"), MakeDraft("old")});
  batch.validate_only = true;
  EXPECT_THAT(Push(batch), ElementsAre("CREATED", "UNCHANGED 1"));
  EXPECT_EQ(head_, 1);
}

TEST_F(PushTest, ABatchOutOfItsLimitsIsRefusedWhole) {
  const auto push = [&](PushBatch batch) { return push_.Push(std::move(batch), absl::InfiniteFuture()); };
  EXPECT_THAT(push(Batch(std::vector<Draft>(1001))), HasReason("BATCH_TOO_LARGE"));
  EXPECT_THAT(push(Batch({})), HasReason("BATCH_EMPTY"));
  EXPECT_THAT(push(Batch({MakeDraft("a")}, std::string(501, 'x'))), HasReason("TEXT_TOO_LONG"));
  EXPECT_THAT(push(Batch({MakeDraft("a")}, std::string("\0", 1))), HasReason("NUL_BYTE"));
}

TEST_F(PushTest, WithoutTheRegisterNothingIsStored) {
  places_.SetError(Error(absl::StatusCode::kUnavailable, "REGISTER_UNAVAILABLE", "down"));
  EXPECT_THAT(push_.Push(Batch({MakeDraft("a")}), absl::InfiniteFuture()), HasReason("REGISTER_UNAVAILABLE"));
  places_.SetError(absl::OkStatus());
  EXPECT_THAT(Push(Batch({MakeDraft("a")})), ElementsAre("CREATED 1"));
}

TEST_F(PushTest, AVillageThatWasJustFoundedIsAskedForAgain) {
  Push(Batch({MakeDraft("a")}));
  places_.AddVillage("630106101300");
  Draft draft = MakeDraft("b");
  draft.content.village = "630106101300";
  Draft unknown = MakeDraft("c");
  unknown.content.village = "630106101999";
  EXPECT_THAT(Push(Batch({draft, unknown})), ElementsAre("CREATED 2", "REFUSED VILLAGE_NOT_FOUND"));
}

}  // namespace
}  // namespace zhenhui::activities
