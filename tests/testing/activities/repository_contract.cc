#include "tests/testing/activities/repository_contract.h"

#include <gmock/gmock.h>

#include "absl/time/clock.h"
#include "common/status/reason.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

const absl::Time kAt = absl::FromUnixSeconds(1'710'000'000);

absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

// Writes the activities as they are, in one batch; returns the head.
absl::StatusOr<int64_t> Put(ActivityRepository& repository, const std::vector<Activity>& activities,
                            const std::string& reason = "", std::string_view town = kTown) {
  std::vector<std::string> ids;
  for (const Activity& activity : activities) ids.push_back(activity.id);
  const auto decide = [&](ActivityRepository::Existing,
                          int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
    std::vector<PlannedWrite> plan;
    for (size_t i = 0; i < activities.size(); ++i) plan.push_back({&activities[i], i});
    return plan;
  };
  return repository.Write(town, ids, decide, {"clerk", kAt, reason}, Soon());
}

std::vector<std::string> Ids(const std::vector<StoredActivity>& activities) {
  std::vector<std::string> ids;
  for (const StoredActivity& stored : activities) ids.push_back(stored.content.id);
  return ids;
}

std::vector<std::string> ListIds(ActivityRepository& repository, const ActivityQuery& query) {
  const auto page = repository.List(kTown, query, std::nullopt, 100, Soon());
  EXPECT_THAT(page, IsOk());
  return page.ok() ? Ids(page->activities) : std::vector<std::string>();
}

TEST_P(RepositoryContract, WhatIsWrittenIsReadBackWhole) {
  const Activity activity = MakeActivity("a");
  ASSERT_THAT(Put(repository(), {activity}), IsOkAndHolds(1));
  const auto stored = repository().Get(kTown, "a", Soon());
  ASSERT_THAT(stored, IsOk());
  EXPECT_TRUE(SameContent(stored->content, activity));
  EXPECT_EQ(stored->content.partners, activity.partners);
  EXPECT_EQ(stored->revision, 1);
  EXPECT_EQ(stored->updated_by, "clerk");
  EXPECT_EQ(stored->update_time, kAt);
  EXPECT_EQ(stored->reason, "");
}

TEST_P(RepositoryContract, AnUnknownActivityIsNotFound) {
  EXPECT_THAT(repository().Get(kTown, "a", Soon()), HasReason("ACTIVITY_NOT_FOUND"));
  EXPECT_THAT(repository().History(kTown, "a", 0, 10, Soon()), HasReason("ACTIVITY_NOT_FOUND"));
}

TEST_P(RepositoryContract, TownsHaveRevisionsOfTheirOwn) {
  ASSERT_THAT(Put(repository(), {MakeActivity("a"), MakeActivity("b")}), IsOkAndHolds(2));
  ASSERT_THAT(Put(repository(), {MakeActivity("a")}, "", kOtherTown), IsOkAndHolds(1));
  ASSERT_THAT(Put(repository(), {MakeActivity("c")}), IsOkAndHolds(3));
}

TEST_P(RepositoryContract, TheDecisionSeesWhatIsStoredInTheOrderOfTheIds) {
  ASSERT_THAT(Put(repository(), {MakeActivity("b", Date(2024, 1, 2), 7)}), IsOk());
  const std::vector<std::string> ids = {"a", "b", "NULL", "c"};
  const auto decide = [&](ActivityRepository::Existing existing,
                          int64_t head) -> absl::StatusOr<std::vector<PlannedWrite>> {
    EXPECT_EQ(head, 1);
    EXPECT_EQ(existing.size(), 4u);
    EXPECT_FALSE(existing[0] || existing[2] || existing[3]);
    EXPECT_TRUE(existing[1] && SameContent(existing[1]->content, MakeActivity("b", Date(2024, 1, 2), 7)));
    return std::vector<PlannedWrite>();
  };
  EXPECT_THAT(repository().Inspect(kTown, ids, decide, Soon()), IsOkAndHolds(1));
}

TEST_P(RepositoryContract, ADecisionThatFailsStoresNothing) {
  const std::string id = "a";
  const auto decide = [](ActivityRepository::Existing, int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
    return Error(absl::StatusCode::kAborted, "ETAG_MISMATCH", "no");
  };
  EXPECT_THAT(repository().Write(kTown, {&id, 1}, decide, {"clerk", kAt, ""}, Soon()),
              HasReason("ETAG_MISMATCH"));
  EXPECT_THAT(Put(repository(), {MakeActivity("a")}), IsOkAndHolds(1));
}

TEST_P(RepositoryContract, ABatchMayMixNewAndReplacedOnes) {
  ASSERT_THAT(Put(repository(), {MakeActivity("a"), MakeActivity("b")}), IsOk());
  Activity changed = MakeActivity("b", Date(2024, 4, 1), 9);
  changed.title = "quote \" backslash \\ brace { comma ,";
  ASSERT_THAT(Put(repository(), {MakeActivity("c"), changed}, "mended"), IsOkAndHolds(4));
  const auto stored = repository().Get(kTown, "b", Soon());
  ASSERT_THAT(stored, IsOk());
  EXPECT_TRUE(SameContent(stored->content, changed));
  EXPECT_EQ(stored->reason, "mended");
  EXPECT_THAT(ListIds(repository(), {.text = "BACKSLASH \\"}), ElementsAre("b"));
  EXPECT_EQ(repository().Get(kTown, "c", Soon())->reason, "");
}

TEST_P(RepositoryContract, HistoryGoesBackFromTheNewest) {
  for (int issues = 1; issues <= 4; ++issues) {
    ASSERT_THAT(Put(repository(), {MakeActivity("a", Date(2024, 3, 5), issues)}, "again"), IsOk());
    ASSERT_THAT(Put(repository(), {MakeActivity("other" + std::to_string(issues))}), IsOk());
  }
  const auto revisions = [&](int64_t before, size_t limit) {
    std::vector<int64_t> out;
    const auto history = repository().History(kTown, "a", before, limit, Soon());
    EXPECT_THAT(history, IsOk());
    if (!history.ok()) return out;
    for (const StoredActivity& stored : *history) out.push_back(stored.revision);
    return out;
  };
  EXPECT_THAT(revisions(0, 10), ElementsAre(7, 5, 3, 1));
  EXPECT_THAT(revisions(0, 2), ElementsAre(7, 5));
  EXPECT_THAT(revisions(5, 2), ElementsAre(3, 1));
  EXPECT_THAT(revisions(1, 2), IsEmpty());
}

TEST_P(RepositoryContract, ListsFilterByEverything) {
  Activity other = MakeActivity("b", Date(2024, 3, 6));
  other.kind = "law_supervision";
  other.village = "";
  other.title = "100%_done";
  other.audiences = {"students"};
  Activity gone = MakeActivity("c", Date(2024, 3, 7));
  gone.state = ActivityState::kDeleted;
  ASSERT_THAT(Put(repository(), {MakeActivity("a"), other, gone}), IsOk());
  const struct {
    const char* what;
    ActivityQuery query;
    std::vector<std::string> ids;
  } kCases[] = {
      {"active ones by default", {}, {"a", "b"}},
      {"deleted", {.state = ActivityState::kDeleted}, {"c"}},
      {"both", {.state = std::nullopt}, {"a", "b", "c"}},
      {"from, inclusive", {.start = Date(2024, 3, 6)}, {"b"}},
      {"until, inclusive", {.end = Date(2024, 3, 5)}, {"a"}},
      {"kinds", {.kinds = {"law_supervision", "permit"}}, {"b"}},
      {"village", {.village = kVillage}, {"a"}},
      {"text without letter case", {.text = "mEETING"}, {"a"}},
      {"Chinese text", {.text = "专题"}, {"a"}},
      {"wildcards are letters", {.text = "%_d"}, {"b"}},
      {"no such text", {.text = "%x"}, {}},
      {"audience", {.audience = "students"}, {"b"}},
  };
  for (const auto& c : kCases) EXPECT_EQ(ListIds(repository(), c.query), c.ids) << c.what;
}

TEST_P(RepositoryContract, PagesMeetWithoutGapOrRepeat) {
  std::vector<Activity> batch;
  for (int i = 0; i < 25; ++i) {
    batch.push_back(MakeActivity("id" + std::to_string(i), Date(2024, 1, 1) + i % 3));
    if (i % 2 == 0) batch.back().audiences = {"students"};
  }
  ASSERT_THAT(Put(repository(), batch), IsOk());
  for (const std::string audience : {"", "students"}) {
    const ActivityQuery query{.audience = audience};
    const std::vector<std::string> all = ListIds(repository(), query);
    EXPECT_EQ(all.size(), audience.empty() ? 25u : 13u);
    std::vector<std::string> paged;
    std::optional<ListPosition> after;
    do {
      const auto page = repository().List(kTown, query, after, 4, Soon());
      ASSERT_THAT(page, IsOk());
      for (const std::string& id : Ids(page->activities)) paged.push_back(id);
      after = page->next;
    } while (after);
    EXPECT_EQ(paged, all);
  }
}

TEST_P(RepositoryContract, AnOlderRevisionReadsAsItWas) {
  ASSERT_THAT(Put(repository(), {MakeActivity("a", Date(2024, 1, 1)), MakeActivity("b", Date(2024, 1, 2)),
                                 MakeActivity("c", Date(2024, 1, 3))}),
              IsOkAndHolds(3));
  Activity gone = MakeActivity("c", Date(2024, 1, 3));
  gone.state = ActivityState::kDeleted;
  ASSERT_THAT(Put(repository(), {MakeActivity("a", Date(2024, 2, 1)), gone, MakeActivity("d")}, "x"),
              IsOkAndHolds(6));
  EXPECT_THAT(ListIds(repository(), {}), ElementsAre("b", "a", "d"));
  EXPECT_THAT(ListIds(repository(), {.read_revision = 3}), ElementsAre("a", "b", "c"));
  EXPECT_THAT(ListIds(repository(), {.read_revision = 2}), ElementsAre("a", "b"));
  EXPECT_THAT(ListIds(repository(), {.read_revision = 4}), ElementsAre("b", "c", "a"));
  EXPECT_THAT(repository().List(kTown, {.read_revision = 7}, std::nullopt, 10, Soon()),
              HasReason("CURSOR_AHEAD"));
  const auto page =
      repository().List(kTown, {.read_revision = 3}, ListPosition{Date(2024, 1, 1), "a"}, 1, Soon());
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(Ids(page->activities), ElementsAre("b"));
  EXPECT_TRUE(page->next.has_value());
}

TEST_P(RepositoryContract, AMonthIsConfirmedOnce) {
  const auto first =
      repository().Confirm(kTown, absl::CivilMonth(2024, 3), "done", {"clerk", kAt, ""}, Soon());
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->head, 1);
  const auto again =
      repository().Confirm(kTown, absl::CivilMonth(2024, 3), "other", {"boss", kAt, ""}, Soon());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->confirmation.revision, 1);
  EXPECT_EQ(again->confirmation.note, "done");
  EXPECT_EQ(again->confirmation.confirmed_by, "clerk");
  EXPECT_EQ(again->head, 1);
  ASSERT_THAT(repository().Confirm(kTown, absl::CivilMonth(2023, 12), "", {"clerk", kAt, ""}, Soon()),
              IsOk());
  const auto all = repository().ListMonths(kTown, 0, Soon());
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].month, absl::CivilMonth(2023, 12));
  EXPECT_EQ((*all)[1].confirm_time, kAt);
  EXPECT_EQ(repository().ListMonths(kTown, 2024, Soon())->size(), 1u);
}

}  // namespace
}  // namespace zhenhui::activities::testing
