#include "services/activities/domain/correct.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/activities/domain/push.h"
#include "tests/testing/activities/fake_places.h"
#include "tests/testing/activities/fake_repository.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using testing::kTown;
using testing::MakeDraft;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::StatusIs;

class CorrectTest : public ::testing::Test {
 protected:
  CorrectTest() {
    PushUseCase push(repository_, places_, testing::Catalogue(), clock_);
    PushBatch batch;
    batch.township = kTown;
    batch.records = {MakeDraft("a")};
    EXPECT_THAT(push.Push(std::move(batch), absl::InfiniteFuture()), IsOk());
  }
  absl::StatusOr<Corrected> Update(Draft draft, std::vector<std::string> paths, std::string reason = "why") {
    return correct_.Update({kTown, std::move(draft), std::move(paths), std::move(reason), "boss"},
                           absl::InfiniteFuture());
  }
  absl::StatusOr<Corrected> Delete(std::string id, std::string etag = "", std::string reason = "why") {
    return correct_.Delete({kTown, std::move(id), std::move(etag), std::move(reason), "boss"},
                           absl::InfiniteFuture());
  }

  testing::FakeRepository repository_;
  testing::FakePlaces places_;
  zhenhui::testing::FakeClock clock_;
  CorrectUseCase correct_{repository_, places_, testing::Catalogue(), clock_};
};

TEST_F(CorrectTest, OnlyTheFieldsOfTheMaskChange) {
  Draft draft;
  draft.content.id = "a";
  draft.content.title = "new";
  draft.content.measures = {{"issues", 5}};
  const auto corrected = Update(draft, {"title", "measures.issues"});
  ASSERT_THAT(corrected, IsOk());
  EXPECT_EQ(corrected->head, 2);
  EXPECT_EQ(corrected->activity.content.title, "new");
  EXPECT_EQ(corrected->activity.content.note, "note");
  EXPECT_EQ(corrected->activity.content.measures,
            (std::vector<MeasureAmount>{{"issues", 5}, {"occurrences", 1}}));
  EXPECT_EQ(corrected->activity.reason, "why");
  EXPECT_TRUE(
      SameContent(repository_.Get(kTown, "a", absl::InfiniteFuture())->content, corrected->activity.content));
}

TEST_F(CorrectTest, UnchangedContentMakesNoRevision) {
  const auto corrected = Update(MakeDraft("a"), {});
  ASSERT_THAT(corrected, IsOk());
  EXPECT_EQ(corrected->head, 1);
  EXPECT_EQ(corrected->activity.revision, 1);
}

TEST_F(CorrectTest, FaultsOfAnUpdate) {
  EXPECT_THAT(Update(MakeDraft("a"), {"revision"}), HasReason("MASK_PATH_UNKNOWN"));
  EXPECT_THAT(Update(MakeDraft("a"), {"title"}, ""), HasReason("REASON_MISSING"));
  EXPECT_THAT(Update(MakeDraft("b"), {}), HasReason("ACTIVITY_NOT_FOUND"));
  Draft stale = MakeDraft("a", Date(2024, 1, 1));
  stale.etag = "9";
  EXPECT_THAT(Update(stale, {}), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(Update(stale, {}), StatusIs(absl::StatusCode::kAborted));
  Draft bad = MakeDraft("a");
  bad.date_text = "2024-13-01";
  EXPECT_THAT(Update(bad, {"date"}), HasReason("DATE_MALFORMED"));
  EXPECT_THAT(repository_.Get(kTown, "a", absl::InfiniteFuture())->revision, 1);
}

TEST_F(CorrectTest, ADeletionKeepsTheContentAndItsRevisions) {
  EXPECT_THAT(Delete("a", "1", ""), HasReason("REASON_MISSING"));
  EXPECT_THAT(Delete("a", "2"), HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(Delete("b"), HasReason("ACTIVITY_NOT_FOUND"));
  const auto deleted = Delete("a", "1");
  ASSERT_THAT(deleted, IsOk());
  EXPECT_EQ(deleted->activity.content.state, ActivityState::kDeleted);
  EXPECT_EQ(deleted->activity.content.title, MakeDraft("a").content.title);
  const auto again = Delete("a", "1");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->head, 2);
  EXPECT_EQ(repository_.History(kTown, "a", 0, 9, absl::InfiniteFuture())->size(), 2u);
}

TEST_F(CorrectTest, ADeletedOneIsRestoredByItsEtag) {
  ASSERT_THAT(Delete("a"), IsOk());
  EXPECT_THAT(Update(MakeDraft("a"), {}), HasReason("ACTIVITY_DELETED"));
  Draft draft = MakeDraft("a");
  draft.etag = "2";
  const auto restored = Update(draft, {});
  ASSERT_THAT(restored, IsOk());
  EXPECT_EQ(restored->activity.content.state, ActivityState::kActive);
}

TEST_F(CorrectTest, MonthsAreConfirmedWithinLimits) {
  const auto confirm = [&](const std::string& month, const std::string& note = "") {
    return correct_.ConfirmMonth(kTown, month, note, "boss", absl::InfiniteFuture());
  };
  EXPECT_THAT(confirm("2024-06"), IsOk());
  EXPECT_THAT(confirm("2024-07"), HasReason("MONTH_IN_FUTURE"));
  EXPECT_THAT(confirm("2024-05", std::string(501, 'x')), HasReason("TEXT_TOO_LONG"));
}

TEST_F(CorrectTest, AConfirmationIsLateAfterTheDayOfTheDistrictsRule) {
  const struct {
    const char* what;
    int due_day;
    absl::CivilMonth month;
    Date due;
    bool late;
  } kCases[] = {
      // confirmed on 2024-06-30
      {"the running month is early", 5, absl::CivilMonth(2024, 6), Date(2024, 7, 5), false},
      {"the month before is past its day", 28, absl::CivilMonth(2024, 5), Date(2024, 6, 28), true},
      {"a rule of an earlier day", 1, absl::CivilMonth(2024, 4), Date(2024, 5, 1), true},
      {"over the year's end", 5, absl::CivilMonth(2023, 12), Date(2024, 1, 5), true},
  };
  for (const auto& c : kCases) {
    places_.SetDueDay(c.due_day);
    const auto confirmed =
        correct_.ConfirmMonth(kTown, FormatMonth(c.month), "", "boss", absl::InfiniteFuture());
    ASSERT_THAT(confirmed, IsOk()) << c.what;
    EXPECT_EQ(confirmed->confirmation.due_date, c.due) << c.what;
    EXPECT_EQ(confirmed->confirmation.late, c.late) << c.what;
  }
}

TEST_F(CorrectTest, RosterEntriesAreCorrectedByTheMask) {
  Draft draft = MakeDraft("a");
  draft.content.roster_entries = {"lc-001"};
  const auto corrected = Update(draft, {"roster_entries"});
  ASSERT_THAT(corrected, IsOk());
  EXPECT_EQ(corrected->activity.content.roster_entries, std::vector<std::string>{"lc-001"});
  EXPECT_EQ(corrected->head, 2);
}

}  // namespace
}  // namespace zhenhui::activities
