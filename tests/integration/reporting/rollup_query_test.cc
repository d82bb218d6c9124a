// What QueryRollup says beside the figures: last year, and the names of roster entries.
#include <gmock/gmock.h>

#include "tests/integration/reporting/reporting_fixture.h"
#include "tests/testing/matchers.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

// "member name value", one for each row.
std::vector<std::string> MemberTexts(const v1::QueryRollupResponse& answer) {
  std::vector<std::string> texts;
  for (const v1::RollupRow& row : answer.rows())
    texts.push_back(row.member() + " " + row.display_name_zh() + " " + row.figure().decimal());
  return texts;
}

activities::v1::Activity VisitOf(const std::string& id, const std::string& date,
                                 const std::vector<std::string>& entries) {
  auto visit = MakeActivity(id, "law_lecture", date, {});
  for (const std::string& entry : entries) visit.add_roster_entries(entry);
  return visit;
}

TEST_F(ReportingTest, ARollupSaysLastYearAndTheChangeWhereItIsAsked) {
  const auto token = Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}}),
                           MakeActivity("b", "law_lecture", "2023-03-05", {{"occurrences", 2}})});
  const auto stub = reporting_->As(auth::Role::kReviewer, kTown);
  auto request = MakeQuery({"law_lectures"});
  *request.add_at_least_as_fresh() = token;
  const auto without = Call(*stub, &Rollups::QueryRollup, request);
  ASSERT_THAT(without, IsOk());
  EXPECT_FALSE(without->rows(0).has_last_year());
  request.set_with_last_year(true);
  const auto answer = Call(*stub, &Rollups::QueryRollup, request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_EQ(answer->rows(0).figure().value(), 3);
  EXPECT_EQ(answer->rows(0).last_year().value(), 2);
  EXPECT_EQ(answer->rows(0).change_percent(), "50.00");
}

TEST_F(ReportingTest, LastYearOfTheWholeDistrictHoldsATownThatHasEndedSince) {
  const auto admin = activities::v1::ActivityService::NewStub(activities_->Channel(auth::Role::kAdmin, "*"));
  activities::v1::BatchPushActivitiesRequest push;
  push.set_parent("townships/630106102");
  *push.add_activities() = MakeActivity("a", "law_lecture", "2023-03-05", {{"occurrences", 2}});
  push.mutable_activities(0)->set_name("townships/630106102/activities/a");
  const auto pushed = Call(*admin, &Activities::BatchPushActivities, push);
  ASSERT_THAT(pushed, IsOk());
  ASSERT_EQ(pushed->results(0).outcome(), common::v1::OUTCOME_CREATED) << pushed->DebugString();
  townships::v1::UpdateTownshipRequest end;
  end.mutable_township()->set_name("townships/630106102");
  end.mutable_township()->set_valid_to("2023-12-31");
  end.mutable_update_mask()->add_paths("valid_to");
  const auto ended = Call(*townships_admin_, &Townships::UpdateTownship, end);
  ASSERT_THAT(ended, IsOk());
  auto request = MakeQuery({"law_lectures"});
  request.mutable_scope()->clear_townships();
  request.mutable_scope()->set_district("districts/630106");
  request.set_with_last_year(true);
  for (const auto& position : {pushed->position(), ended->position()})
    *request.add_at_least_as_fresh() = position;
  const auto stub = reporting_->As(auth::Role::kDistrict, "630106");
  const auto whole = Call(*stub, &Rollups::QueryRollup, request);
  ASSERT_THAT(whole, IsOk());
  EXPECT_EQ(whole->rows(0).last_year().value(), 2);
  EXPECT_EQ(whole->rows(0).figure().state(), v1::FIGURE_STATE_NOT_REPORTED);
  request.set_group_by(v1::GROUP_BY_TOWNSHIP);
  EXPECT_EQ(Call(*stub, &Rollups::QueryRollup, request)->rows_size(), 1);
}

TEST_F(ReportingTest, ARollupByRosterEntryNamesEntriesFromTheRegister) {
  const auto entered = AddCounsel("lc-1", {"630106101201"});
  AddCounsel("lc-2", {"630106101202"});
  const auto last = AddCounsel("lc-3", {"630106101203"}, "2025-01-01");
  const auto pushed =
      Push({VisitOf("a", "2024-03-05", {"lc-1"}), VisitOf("b", "2024-04-05", {"lc-1", "stranger"})});
  const auto stub = reporting_->As(auth::Role::kReporter, kTown);
  auto request = MakeQuery({"law_lectures"});
  request.set_group_by(v1::GROUP_BY_ROSTER_ENTRY);
  for (const auto& position : {last, pushed}) *request.add_at_least_as_fresh() = position;
  const auto answer = Call(*stub, &Rollups::QueryRollup, request);
  ASSERT_THAT(answer, IsOk());
  EXPECT_LT(entered.revision(), last.revision());
  EXPECT_THAT(MemberTexts(*answer),
              ElementsAre("lc-1 示例律师lc-1 2", "lc-2 示例律师lc-2 ", "stranger stranger 1"));
  EXPECT_EQ(answer->rows(1).figure().state(), v1::FIGURE_STATE_NOT_REPORTED);
  EXPECT_EQ(answer->revisions_size(), 2);
}

TEST_F(ReportingTest, ARollupByRosterEntryNeedsMetricsThatCountActivities) {
  const auto stub = reporting_->As(auth::Role::kAdmin, "*");
  auto request = MakeQuery({"law_lectures", "villages_total"});
  request.set_group_by(v1::GROUP_BY_ROSTER_ENTRY);
  EXPECT_THAT(Call(*stub, &Rollups::QueryRollup, request), HasReason("ROSTER_NEEDS_OCCURRENCES"));
  request.mutable_metrics()->RemoveLast();
  request.set_end_date("2024-06-29");
  EXPECT_THAT(Call(*stub, &Rollups::QueryRollup, request), HasReason("PERIOD_NOT_WHOLE_MONTHS"));
}

}  // namespace
}  // namespace zhenhui::reporting::testing
