// Plans, gaps and alarms over all three real services.
#include <gmock/gmock.h>

#include "absl/strings/str_cat.h"
#include "tests/integration/reporting/reporting_fixture.h"
#include "tests/testing/matchers.h"
#include "tests/testing/test_tokens.h"
#include "zhenhui/activities/v1/plan_service.grpc.pb.h"
#include "zhenhui/reporting/v1/oversight_service.grpc.pb.h"

namespace zhenhui::reporting::testing {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using Oversight = v1::OversightService::Stub;
using Plans = activities::v1::PlanService::Stub;

class OversightTest : public ReportingTest {
 protected:
  std::unique_ptr<Oversight> As(auth::Role role, const std::string& scope = "630106") {
    return v1::OversightService::NewStub(reporting_->ChannelWith(zhenhui::testing::Token(role, scope)));
  }
  FeedPosition Promise(const std::string& metric, const std::vector<int64_t>& quarters) {
    activities::v1::ImportTargetsRequest request;
    request.set_parent(absl::StrCat("townships/", kTown));
    activities::v1::Target* target = request.add_targets();
    target->set_metric(metric);
    target->set_year(2024);
    target->mutable_quarters()->Add(quarters.begin(), quarters.end());
    target->set_source(activities::v1::TARGET_SOURCE_STUDY_PLAN);
    const auto plans =
        activities::v1::PlanService::NewStub(activities_->Channel(auth::Role::kDistrict, "630106"));
    const auto response = Call(*plans, &Plans::ImportTargets, request);
    EXPECT_THAT(response, IsOk());
    return response->position();
  }
  // Waits until the positions are included.
  void Include(const std::vector<FeedPosition>& positions) {
    EXPECT_THAT(Figure("law_lectures", positions), IsOk());
  }

  v1::ListAlarmsRequest AlarmsOf2024() {
    v1::ListAlarmsRequest request;
    request.mutable_scope()->set_district("districts/630106");
    request.set_year(2024);
    return request;
  }
};

TEST_F(OversightTest, APlanIsHeldAgainstWhatWasDone) {
  const auto pushed = Push({MakeActivity("a", "law_lecture", "2024-03-05", {{"occurrences", 3}})});
  Promise("law_lectures", {4, 1, 1, 1});
  Promise("counsel_visits", {0, 0, 0, 0});
  const auto position = Promise("no_such_metric", {1, 1, 1, 1});
  v1::GetPlanStatusRequest request;
  request.mutable_scope()->set_district("districts/630106");
  request.set_year(2024);
  *request.add_at_least_as_fresh() = pushed;
  *request.add_at_least_as_fresh() = position;
  const auto status = Call(*As(auth::Role::kDistrict), &Oversight::GetPlanStatus, request);
  ASSERT_THAT(status, IsOk());
  EXPECT_EQ(status->as_of_date(), "2024-06-30");
  ASSERT_EQ(status->items_size(), 3);  // by metric
  EXPECT_EQ(status->items(0).metric(), "metrics/counsel_visits");
  const v1::PlanItem& lectures = status->items(1);
  EXPECT_EQ(lectures.metric(), "metrics/law_lectures");
  EXPECT_EQ(lectures.display_name_zh(), "示例镇630106101");
  EXPECT_EQ(lectures.target(), 7);
  EXPECT_EQ(lectures.expected(), 5);
  EXPECT_EQ(lectures.due(), 5);
  EXPECT_EQ(lectures.done().value(), 3);
  EXPECT_EQ(lectures.percent(), "42.86");
  EXPECT_EQ(lectures.state(), v1::PLAN_STATE_OVERDUE);
  EXPECT_EQ(lectures.target_revision(), 2);
  EXPECT_EQ(status->items(2).state(), v1::PLAN_STATE_UNKNOWN_METRIC);

  request.set_overdue_only(true);
  request.set_as_of_date("2024-02-01");  // before the lectures, and before anything is due
  EXPECT_EQ(Call(*As(auth::Role::kDistrict), &Oversight::GetPlanStatus, request)->items_size(), 0);
  request.clear_as_of_date();
  EXPECT_EQ(Call(*As(auth::Role::kDistrict), &Oversight::GetPlanStatus, request)->items_size(), 1);
  EXPECT_THAT(Call(*As(auth::Role::kReporter, kTown), &Oversight::GetPlanStatus, request),
              HasReason("OUT_OF_SCOPE"));
}

TEST_F(OversightTest, GapsArePagedAndNameWhatNothingReached) {
  auto visit = MakeActivity("v", "counsel_visit", "2024-05-05", {}, "630106101201");
  visit.add_roster_entries("c-1");
  std::vector<FeedPosition> positions = {
      Push({visit, MakeActivity("old", "counsel_visit", "2024-02-05", {}, "630106101202")}),
      AddCounsel("c-1", {"630106101201"}), AddCounsel("c-2", {"630106101202"})};
  Include({positions});
  v1::ListGapsRequest request;
  request.mutable_scope()->add_townships(absl::StrCat("townships/", kTown));
  request.set_start_date("2024-04-01");
  request.set_end_date("2024-06-30");
  request.set_kind("counsel_visit");
  for (const v1::GapType type : {v1::GAP_TYPE_VILLAGE, v1::GAP_TYPE_ROSTER_ENTRY, v1::GAP_TYPE_NO_COUNSEL}) {
    request.add_types(type);
  }
  request.set_page_size(2);
  const auto stub = As(auth::Role::kReviewer, kTown);
  std::vector<std::string> gaps;
  int pages = 0;
  do {
    const auto page = Call(*stub, &Oversight::ListGaps, request);
    ASSERT_THAT(page, IsOk());
    ASSERT_EQ(page->evenness_size(), pages == 0 ? 1 : 0);
    if (pages++ == 0) {
      EXPECT_EQ(page->evenness(0).gini(), "0.6667");
      EXPECT_EQ(page->evenness(0).reached(), 1);
      EXPECT_EQ(page->evenness(0).villages(), 3);
    }
    for (const v1::Gap& gap : page->gaps()) {
      gaps.push_back(
          absl::StrCat(v1::GapType_Name(gap.type()).substr(9), " ", gap.record(), " ", gap.last_month()));
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty() && pages < 9);
  EXPECT_THAT(gaps, ElementsAre("VILLAGE townships/630106101/villages/630106101202 2024-02",
                                "VILLAGE townships/630106101/villages/630106101203 ",
                                "ROSTER_ENTRY townships/630106101/rosterEntries/c-2 ",
                                "NO_COUNSEL townships/630106101/villages/630106101203 "));
  request.clear_page_token();
  request.set_kind("party");
  EXPECT_THAT(Call(*stub, &Oversight::ListGaps, request), HasReason("UNKNOWN_KIND"));
  request.set_page_token("x");
  EXPECT_THAT(Call(*stub, &Oversight::ListGaps, request), HasReason("PAGE_TOKEN_INVALID"));
}

TEST_F(OversightTest, AudiencesThatNothingReachedHaveTheirNames) {
  auto lecture = MakeActivity("a", "law_lecture", "2024-05-05", {});
  lecture.add_audiences("students");
  Include({Push({lecture})});
  v1::ListGapsRequest request;
  request.mutable_scope()->add_townships(absl::StrCat("townships/", kTown));
  request.set_start_date("2024-01-01");
  request.set_end_date("2024-06-30");
  request.add_types(v1::GAP_TYPE_AUDIENCE);
  const auto gaps = Call(*As(auth::Role::kReporter, kTown), &Oversight::ListGaps, request);
  ASSERT_THAT(gaps, IsOk());
  EXPECT_GT(gaps->gaps_size(), 3);
  for (const v1::Gap& gap : gaps->gaps()) {
    EXPECT_NE(gap.member(), "students");
    EXPECT_NE(gap.display_name_zh(), "");
    EXPECT_EQ(gap.record(), "");
  }
}

TEST_F(OversightTest, AnAlarmIsExplainedUntilItsFigureChanges) {
  Include({Push({MakeActivity("a", "law_lecture", "2023-03-05", {{"occurrences", 2}}),
                 MakeActivity("b", "law_lecture", "2024-03-05", {{"occurrences", 5}})})});
  v1::ListAlarmsRequest list = AlarmsOf2024();
  list.add_types(v1::ALARM_TYPE_JUMP);
  const auto district = As(auth::Role::kDistrict);
  const auto lectures = [&]() -> v1::Alarm {
    const auto alarms = Call(*district, &Oversight::ListAlarms, list);
    EXPECT_THAT(alarms, IsOk());
    for (const v1::Alarm& alarm : alarms->alarms()) {
      if (alarm.metric() == "metrics/law_lectures") return alarm;
    }
    return {};
  };
  const v1::Alarm alarm = lectures();
  EXPECT_EQ(alarm.name(), "townships/630106101/alarms/2024.jump.law_lectures");
  EXPECT_EQ(alarm.figure().value(), 5);
  EXPECT_EQ(alarm.other().value(), 2);
  EXPECT_EQ(alarm.start_date(), "2024-01-01");
  EXPECT_EQ(alarm.end_date(), "2024-05-31");  // June is running
  EXPECT_THAT(alarm.message_zh(), ::testing::HasSubstr("上升150.00%"));
  EXPECT_EQ(alarm.explanation(), "");

  v1::ExplainAlarmRequest explain;
  explain.set_name(alarm.name());
  explain.set_explanation("开展了专项宣传");
  EXPECT_THAT(Call(*district, &Oversight::ExplainAlarm, explain), HasReason("ROLE_NOT_ALLOWED"));
  EXPECT_THAT(Call(*As(auth::Role::kReporter, kOtherTown), &Oversight::ExplainAlarm, explain),
              HasReason("OUT_OF_SCOPE"));
  const auto reporter = As(auth::Role::kReporter, kTown);
  const auto explained = Call(*reporter, &Oversight::ExplainAlarm, explain);
  ASSERT_THAT(explained, IsOk());
  EXPECT_EQ(explained->alarm().explanation(), "开展了专项宣传");
  explain.set_explanation("开展了专项宣传活动");
  ASSERT_THAT(Call(*reporter, &Oversight::ExplainAlarm, explain), IsOk());
  EXPECT_EQ(lectures().explanation(), "开展了专项宣传活动");
  EXPECT_NE(lectures().explained_by(), "");
  list.set_unexplained_only(true);
  EXPECT_EQ(lectures().name(), "");

  // Another figure wants another explanation; one that has gone cannot be explained.
  Include({Push({MakeActivity("c", "law_lecture", "2024-04-05", {{"occurrences", 1}})})});
  EXPECT_EQ(lectures().explanation(), "");
  EXPECT_EQ(lectures().figure().value(), 6);
  Delete("b");
  Include({Delete("c")});
  EXPECT_THAT(Call(*reporter, &Oversight::ExplainAlarm, explain), HasReason("ALARM_NOT_FOUND"));
}

TEST_F(OversightTest, AlarmsArePagedWithoutGapOrRepeat) {
  std::vector<activities::v1::Activity> pushed;
  for (int month = 1; month <= 4; ++month) {
    pushed.push_back(MakeActivity(absl::StrCat("m", month), "law_lecture",
                                  absl::StrCat("2024-0", month, "-05"), {{"occurrences", 2}}));
  }
  pushed.push_back(MakeActivity("y", "law_lecture", "2023-03-05", {{"occurrences", 1}}));
  pushed.push_back(MakeActivity("p", "publicity_event", "2023-03-05", {{"copies", 5}, {"attendances", 100}}));
  pushed.push_back(
      MakeActivity("q", "publicity_event", "2024-03-05", {{"copies", 500}, {"attendances", 10}}));
  Include({Push(pushed)});
  const auto stub = As(auth::Role::kJob);
  v1::ListAlarmsRequest request = AlarmsOf2024();
  const auto names = [&](int size) {
    std::vector<std::string> all;
    request.set_page_size(size);
    request.clear_page_token();
    do {
      const auto page = Call(*stub, &Oversight::ListAlarms, request);
      EXPECT_THAT(page, IsOk());
      if (!page.ok()) break;
      EXPECT_LE(page->alarms_size(), size);
      for (const v1::Alarm& alarm : page->alarms()) all.push_back(alarm.name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  };
  const std::vector<std::string> all = names(1000);
  EXPECT_GE(all.size(), 4u);
  EXPECT_EQ(names(1), all);
  EXPECT_EQ(names(3), all);
}

TEST_F(OversightTest, RosterCellsSurviveARestartAndAreVerified) {
  auto visit = MakeActivity("v", "counsel_visit", "2024-05-05", {}, "630106101201");
  visit.add_roster_entries("c-1");
  Include({Push({visit}), AddCounsel("c-1", {"630106101201"})});
  ASSERT_TRUE(WaitUntilFlushed());
  reporting_->Stop();
  reporting_->Start();
  EXPECT_TRUE(Verify().equal());
  v1::ListGapsRequest request;
  request.mutable_scope()->add_townships(absl::StrCat("townships/", kTown));
  request.set_start_date("2024-04-01");
  request.set_end_date("2024-06-30");
  request.add_types(v1::GAP_TYPE_ROSTER_ENTRY);
  EXPECT_EQ(Call(*As(auth::Role::kReporter, kTown), &Oversight::ListGaps, request)->gaps_size(), 0);
}

}  // namespace
}  // namespace zhenhui::reporting::testing
