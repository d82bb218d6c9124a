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

MonthConfirmation Confirmation(int year, int month, const std::string& note) {
  MonthConfirmation confirmation;
  confirmation.month = absl::CivilMonth(year, month);
  confirmation.note = note;
  confirmation.due_date = Date(confirmation.month + 1) + 8;
  confirmation.late = true;
  return confirmation;
}

TEST_P(RepositoryContract, WhatIsWrittenIsReadBackWhole) {
  Activity activity = MakeActivity("a");
  activity.roster_entries = {"lc-001", "lc-002"};
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
  const struct {
    ActivityQuery query;
    size_t size;
  } kCases[] = {
      {{}, 25},
      {{.audience = "students"}, 13},
      {{.start = Date(2024, 1, 2), .end = Date(2024, 1, 2), .newest_first = true}, 8},
      {{.audience = "students", .newest_first = true}, 13},
      {{.newest_first = true}, 25},
      {{.read_revision = 20}, 20},
      {{.read_revision = 20, .newest_first = true}, 20},
  };
  for (const auto& [query, size] : kCases) {
    const std::vector<std::string> all = ListIds(repository(), query);
    EXPECT_EQ(all.size(), size);
    std::vector<std::string> paged;
    std::optional<ListPosition> after;
    do {
      const auto page = repository().List(kTown, query, after, 4, Soon());
      ASSERT_THAT(page, IsOk());
      for (const std::string& id : Ids(page->activities)) paged.push_back(id);
      after = page->next;
    } while (after);
    EXPECT_EQ(paged, all);
    ActivityQuery back = query;
    back.newest_first = !query.newest_first;
    std::reverse(paged.begin(), paged.end());
    EXPECT_EQ(ListIds(repository(), back), paged);
  }
}

TEST_P(RepositoryContract, NewestFirstIdsGoBackwardsToo) {
  ASSERT_THAT(Put(repository(), {MakeActivity("a", Date(2024, 1, 2)), MakeActivity("b", Date(2024, 1, 2)),
                                 MakeActivity("c", Date(1, 1, 1)), MakeActivity("d", Date(9999, 12, 31))}),
              IsOk());
  EXPECT_THAT(ListIds(repository(), {.newest_first = true}), ElementsAre("d", "b", "a", "c"));
  EXPECT_THAT(ListIds(repository(), {.end = Date(2024, 1, 2), .newest_first = true}),
              ElementsAre("b", "a", "c"));
  EXPECT_THAT(ListIds(repository(), {.start = Date(2024, 1, 2), .newest_first = true}),
              ElementsAre("d", "b", "a"));
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
  EXPECT_THAT(ListIds(repository(), {.read_revision = 4, .newest_first = true}), ElementsAre("a", "c", "b"));
  EXPECT_THAT(repository().List(kTown, {.read_revision = 7}, std::nullopt, 10, Soon()),
              HasReason("CURSOR_AHEAD"));
  const auto page =
      repository().List(kTown, {.read_revision = 3}, ListPosition{Date(2024, 1, 1), "a"}, 1, Soon());
  ASSERT_THAT(page, IsOk());
  EXPECT_THAT(Ids(page->activities), ElementsAre("b"));
  EXPECT_TRUE(page->next.has_value());
  const auto back = repository().List(kTown, {.read_revision = 3, .newest_first = true},
                                      ListPosition{Date(2024, 1, 3), "c"}, 1, Soon());
  ASSERT_THAT(back, IsOk());
  EXPECT_THAT(Ids(back->activities), ElementsAre("b"));
  EXPECT_EQ(back->next, (ListPosition{Date(2024, 1, 2), "b"}));
}

TEST_P(RepositoryContract, AMonthIsConfirmedOnce) {
  const auto first = repository().Confirm(kTown, Confirmation(2024, 3, "done"), {"clerk", kAt, ""}, Soon());
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->head, 1);
  const auto again = repository().Confirm(kTown, Confirmation(2024, 3, "other"), {"boss", kAt, ""}, Soon());
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->confirmation.revision, 1);
  EXPECT_EQ(again->confirmation.note, "done");
  EXPECT_EQ(again->confirmation.confirmed_by, "clerk");
  EXPECT_EQ(again->head, 1);
  ASSERT_THAT(repository().Confirm(kTown, Confirmation(2023, 12, ""), {"clerk", kAt, ""}, Soon()), IsOk());
  const auto all = repository().ListMonths(kTown, 0, Soon());
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->size(), 2u);
  EXPECT_EQ((*all)[0].month, absl::CivilMonth(2023, 12));
  EXPECT_EQ((*all)[1].confirm_time, kAt);
  EXPECT_EQ((*all)[1].due_date, Date(2024, 4, 9));
  EXPECT_TRUE((*all)[1].late);
  EXPECT_EQ(repository().ListMonths(kTown, 2024, Soon())->size(), 1u);
}

TEST_P(RepositoryContract, ADecisionSeesTheConfirmedMonths) {
  ASSERT_THAT(repository().Confirm(kTown, Confirmation(2024, 3, ""), {"clerk", kAt, ""}, Soon()), IsOk());
  ASSERT_THAT(repository().Confirm(kOtherTown, Confirmation(2024, 4, ""), {"clerk", kAt, ""}, Soon()),
              IsOk());
  std::set<absl::CivilMonth> seen;
  const auto decide = [&](ActivityRepository::Existing existing,
                          int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
    seen = existing.confirmed;
    return std::vector<PlannedWrite>();
  };
  ASSERT_THAT(repository().Inspect(kTown, {}, decide, Soon()), IsOk());
  EXPECT_THAT(seen, ElementsAre(absl::CivilMonth(2024, 3)));
  ASSERT_THAT(repository().Write(kOtherTown, {}, decide, {"clerk", kAt, ""}, Soon()), IsOk());
  EXPECT_THAT(seen, ElementsAre(absl::CivilMonth(2024, 4)));
}

TEST_P(RepositoryContract, ANewRecordsReasonIsKeptWhereThePlanSaysSo) {
  const std::vector<std::string> ids = {"a", "b"};
  const Activity a = MakeActivity("a");
  const Activity b = MakeActivity("b");
  const auto decide = [&](ActivityRepository::Existing,
                          int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
    return std::vector<PlannedWrite>{{&a, 0, true}, {&b, 1, false}};
  };
  ASSERT_THAT(repository().Write(kTown, ids, decide, {"clerk", kAt, "found in a drawer"}, Soon()), IsOk());
  EXPECT_EQ(repository().Get(kTown, "a", Soon())->reason, "found in a drawer");
  EXPECT_EQ(repository().Get(kTown, "b", Soon())->reason, "");
}

TEST_P(RepositoryContract, MonthsAreSummarisedFromCurrentRows) {
  Activity gone = MakeActivity("gone", Date(2024, 3, 9));
  gone.state = ActivityState::kDeleted;
  Activity elsewhere = MakeActivity("town", Date(2024, 3, 31));
  elsewhere.village = "";
  ASSERT_THAT(Put(repository(), {MakeActivity("a", Date(2024, 3, 1)), MakeActivity("b", Date(2024, 3, 2)),
                                 gone, elsewhere, MakeActivity("old", Date(2023, 12, 31))}),
              IsOk());
  ASSERT_THAT(repository().Confirm(kTown, Confirmation(2024, 3, ""), {"clerk", kAt, ""}, Soon()), IsOk());
  ASSERT_THAT(repository().Confirm(kTown, Confirmation(2024, 5, ""), {"clerk", kAt, ""}, Soon()), IsOk());
  ASSERT_THAT(
      Put(repository(), {MakeActivity("b", Date(2024, 3, 3)), MakeActivity("c", Date(2024, 4, 1))}, "r"),
      IsOk());
  ASSERT_THAT(Put(repository(), {MakeActivity("x", Date(2024, 1, 1))}, "", kOtherTown), IsOk());
  const auto all = repository().SummariseMonths("630106", 2024, Soon());
  ASSERT_THAT(all, IsOk());
  std::vector<std::string> lines;
  for (const MonthSummary& month : *all) {
    lines.push_back(absl::StrCat(month.township, " ", month.month.month(), ": ", month.activities, " ",
                                 month.changed_after_confirmation, " ", month.villages_active,
                                 month.confirmation ? " confirmed" : ""));
  }
  EXPECT_THAT(lines, ElementsAre("630106101 3: 3 1 1 confirmed", "630106101 4: 1 0 1",
                                 "630106101 5: 0 0 0 confirmed", "630106102 1: 1 0 1"));
  EXPECT_EQ((*all)[0].confirmation->due_date, Date(2024, 4, 9));
  EXPECT_THAT(*repository().SummariseMonths("630107", 2024, Soon()), IsEmpty());
  EXPECT_EQ(repository().SummariseMonths(kTown, 2024, Soon())->size(), 3u);
}

TEST_P(RepositoryContract, ATimeLeadsToTheNewestRevisionOfThen) {
  const auto put = [&](const char* id, absl::Time at) {
    const std::string key = id;
    const Activity activity = MakeActivity(id);
    const auto decide = [&](ActivityRepository::Existing,
                            int64_t) -> absl::StatusOr<std::vector<PlannedWrite>> {
      return std::vector<PlannedWrite>{{&activity, 0}};
    };
    return repository().Write(kTown, {&key, 1}, decide, {"clerk", at, ""}, Soon());
  };
  ASSERT_THAT(put("a", kAt), IsOk());
  ASSERT_THAT(put("b", kAt + absl::Seconds(10)), IsOk());
  ASSERT_THAT(put("c", kAt + absl::Seconds(5)), IsOk());  // a clock that is behind
  const auto at = [&](absl::Duration after) { return *repository().RevisionAt(kTown, kAt + after, Soon()); };
  EXPECT_EQ(at(absl::Microseconds(-1)), 0);
  EXPECT_EQ(at(absl::ZeroDuration()), 1);
  EXPECT_EQ(at(absl::Seconds(4)), 1);
  EXPECT_EQ(at(absl::Seconds(5)), 3);
  EXPECT_EQ(at(absl::Hours(1)), 3);
  EXPECT_THAT(repository().RevisionAt(kOtherTown, kAt, Soon()), IsOkAndHolds(0));
}

}  // namespace
}  // namespace zhenhui::activities::testing
