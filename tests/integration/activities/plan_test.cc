// Targets, completeness and the way from a time to a revision, from the outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/activities/activities_fixture.h"
#include "tests/testing/matchers.h"
#include "zhenhui/activities/v1/plan_service.grpc.pb.h"

namespace zhenhui::activities::testing {
namespace {

using ::testing::ElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;

constexpr char kPlanTown[] = "townships/630106101";

class PlansTest : public ActivitiesTest {
 protected:
  std::unique_ptr<v1::PlanService::Stub> Plans(auth::Role role, const std::string& scope = kTown) {
    return v1::PlanService::NewStub(host_.Channel(role, scope));
  }
  static v1::ImportTargetsRequest Request(const std::vector<int64_t>& quarters,
                                          const std::string& reason = "") {
    v1::ImportTargetsRequest request;
    request.set_parent(kPlanTown);
    request.set_reason(reason);
    v1::Target* target = request.add_targets();
    target->set_metric("law_lectures");
    target->set_year(2024);
    target->mutable_quarters()->Add(quarters.begin(), quarters.end());
    target->set_source(v1::TARGET_SOURCE_PUBLICITY_PLAN);
    target->set_note("普法工作计划");
    return request;
  }
  std::vector<std::string> Import(const v1::ImportTargetsRequest& request) {
    v1::ImportTargetsResponse response;
    EXPECT_THAT(Seen(plans_->ImportTargets(Context().get(), request, &response)), IsOk());
    return Outcomes(response.results());
  }
  v1::ListTargetsResponse List(const std::string& parent, v1::PlanService::Stub& stub) {
    v1::ListTargetsRequest request;
    request.set_parent(parent);
    request.set_year(2024);
    v1::ListTargetsResponse response;
    EXPECT_THAT(Seen(stub.ListTargets(Context().get(), request, &response)), IsOk());
    return response;
  }
  v1::GetCompletenessResponse Completeness(const std::string& parent, auth::Role role,
                                           const std::string& scope) {
    v1::GetCompletenessRequest request;
    request.set_parent(parent);
    request.set_year(2024);
    v1::GetCompletenessResponse response;
    EXPECT_THAT(Seen(As(role, scope)->GetCompleteness(Context().get(), request, &response)), IsOk());
    return response;
  }

  std::unique_ptr<v1::PlanService::Stub> plans_ = Plans(auth::Role::kReporter);
};

TEST_F(PlansTest, TargetsShareTheSequenceOfTheActivitiesAndAreListed) {
  Push(reporter(), {MakeMessage("a")});
  EXPECT_THAT(Import(Request({1, 2, 3, 4})), ElementsAre("CREATED 2"));
  EXPECT_THAT(Import(Request({1, 2, 3, 4})), ElementsAre("UNCHANGED 2"));
  EXPECT_THAT(Import(Request({2, 2, 3, 4})), ElementsAre("REFUSED TARGET_EXISTS"));
  EXPECT_THAT(Import(Request({2, 2, 3, 4}, "the district asked for more")), ElementsAre("UPDATED 3"));
  EXPECT_THAT(Import(Request({2, 2, 3})), ElementsAre("REFUSED QUARTERS_COUNT"));
  const auto listed = List("districts/630106", *Plans(auth::Role::kDistrict, "630106"));
  ASSERT_EQ(listed.targets_size(), 1);
  EXPECT_EQ(listed.targets(0).name(), "townships/630106101/targets/2024.law_lectures");
  EXPECT_EQ(listed.targets(0).quarters(0), 2);
  EXPECT_EQ(listed.targets(0).revision(), 3);
  EXPECT_EQ(listed.targets(0).source(), v1::TARGET_SOURCE_PUBLICITY_PLAN);
  EXPECT_EQ(listed.targets(0).note(), "普法工作计划");
}

TEST_F(PlansTest, AWithdrawnTargetIsGoneFromListsAndSnapshots) {
  Import(Request({1, 2, 3, 4}));
  const auto targets_in_snapshot = [&] {
    v1::StreamSnapshotRequest request;
    request.set_township(kPlanTown);
    const auto context = Context();
    const auto job = As(auth::Role::kJob, "*");
    const auto stream = job->StreamSnapshot(context.get(), request);
    int targets = 0;
    for (v1::StreamSnapshotResponse part; stream->Read(&part);) targets += part.targets_size();
    EXPECT_THAT(Seen(stream->Finish()), IsOk());
    return targets;
  };
  EXPECT_EQ(targets_in_snapshot(), 1);
  v1::WithdrawTargetRequest request;
  request.set_name("townships/630106101/targets/2024.law_lectures");
  v1::WithdrawTargetResponse response;
  EXPECT_THAT(Seen(plans_->WithdrawTarget(Context().get(), request, &response)), HasReason("REASON_MISSING"));
  request.set_reason("dropped");
  ASSERT_THAT(Seen(plans_->WithdrawTarget(Context().get(), request, &response)), IsOk());
  EXPECT_EQ(response.position().revision(), 2);
  EXPECT_EQ(List(kPlanTown, *plans_).targets_size(), 0);
  EXPECT_EQ(targets_in_snapshot(), 0);
  request.set_name("townships/630106101/targets/2024.permits");
  EXPECT_THAT(Seen(plans_->WithdrawTarget(Context().get(), request, &response)),
              HasReason("TARGET_NOT_FOUND"));
  request.set_name("townships/630106101/activities/a");
  EXPECT_THAT(Seen(plans_->WithdrawTarget(Context().get(), request, &response)), HasReason("NAME_INVALID"));
}

TEST_F(PlansTest, AFollowerSeesTargetsBetweenTheOtherChanges) {
  Push(reporter(), {MakeMessage("a")});
  Import(Request({1, 2, 3, 4}));
  const auto job = As(auth::Role::kJob, "630106");
  const auto context = Context();
  const auto watch = job->WatchChanges(context.get(), v1::WatchChangesRequest());
  std::vector<v1::ActivityChange> seen;
  for (v1::WatchChangesResponse message; seen.size() < 2 && watch->Read(&message);) {
    seen.insert(seen.end(), message.changes().begin(), message.changes().end());
  }
  context->TryCancel();
  ASSERT_EQ(seen.size(), 2u);
  EXPECT_EQ(seen[1].revision(), 2);
  EXPECT_EQ(seen[1].target().name(), "townships/630106101/targets/2024.law_lectures");
  EXPECT_EQ(seen[1].target().revision(), 2);
  EXPECT_FALSE(seen[1].target().withdrawn());
}

TEST_F(PlansTest, AnotherTownsTokenNeitherPlansNorReads) {
  const auto stranger = Plans(auth::Role::kReporter, kOtherTown);
  v1::ImportTargetsResponse imported;
  EXPECT_THAT(Seen(stranger->ImportTargets(Context().get(), Request({1, 2, 3, 4}), &imported)),
              HasReason("OUT_OF_SCOPE"));
  EXPECT_THAT(
      Seen(Plans(auth::Role::kReviewer)->ImportTargets(Context().get(), Request({1, 2, 3, 4}), &imported)),
      HasReason("ROLE_NOT_ALLOWED"));
  v1::ListTargetsRequest list;
  list.set_parent("districts/630106");
  list.set_year(2024);
  v1::ListTargetsResponse listed;
  EXPECT_THAT(Seen(plans_->ListTargets(Context().get(), list, &listed)), HasReason("OUT_OF_SCOPE"));
  v1::GetCompletenessRequest completeness;
  completeness.set_parent("districts/630106");
  completeness.set_year(2024);
  v1::GetCompletenessResponse got;
  EXPECT_THAT(Seen(reporter().GetCompleteness(Context().get(), completeness, &got)),
              HasReason("OUT_OF_SCOPE"));
  completeness.set_parent("districts/6301");
  EXPECT_THAT(Seen(reporter().GetCompleteness(Context().get(), completeness, &got)),
              HasReason("NAME_INVALID"));
  completeness.set_parent(kPlanTown);
  completeness.set_year(24);
  EXPECT_THAT(Seen(reporter().GetCompleteness(Context().get(), completeness, &got)),
              HasReason("YEAR_INVALID"));
}

TEST_F(PlansTest, CompletenessTellsOfRecordsAndConfirmations) {
  townships_.due_day = 3;
  Push(reporter(), {MakeMessage("a"), MakeMessage("b", "2024-03-31")});
  v1::ConfirmMonthRequest confirm;
  confirm.set_parent(kPlanTown);
  confirm.set_month("2024-03");
  v1::ConfirmMonthResponse confirmed;
  ASSERT_THAT(Seen(reporter().ConfirmMonth(Context().get(), confirm, &confirmed)), IsOk());
  EXPECT_EQ(confirmed.month_confirmation().due_date(), "2024-04-03");
  EXPECT_TRUE(confirmed.month_confirmation().late());  // today is 2024-06-30
  EXPECT_THAT(Push(reporter(), {MakeMessage("c", "2024-03-30")}), ElementsAre("REFUSED MONTH_CONFIRMED"));
  EXPECT_THAT(Push(reporter(), {MakeMessage("c", "2024-03-30")}, "found later"), ElementsAre("CREATED 4"));
  const auto answer = Completeness("districts/630106", auth::Role::kDistrict, "630106");
  ASSERT_EQ(answer.townships_size(), 1);
  const v1::TownCompleteness& town = answer.townships(0);
  EXPECT_EQ(town.township(), kPlanTown);
  EXPECT_EQ(town.display_name_zh(), "上新庄镇");
  const v1::MonthCompleteness& march = town.months(2);
  EXPECT_EQ(march.state(), v1::MONTH_STATE_LATE);
  EXPECT_EQ(march.confirm_date(), "2024-06-30");
  EXPECT_EQ(march.activities(), 3);
  EXPECT_EQ(march.changed_after_confirmation(), 1);
  EXPECT_EQ(march.villages_active(), 1);
  EXPECT_EQ(march.villages(), 2);
  EXPECT_EQ(town.months(3).state(), v1::MONTH_STATE_MISSING);
  EXPECT_EQ(town.months(5).state(), v1::MONTH_STATE_RUNNING);
  EXPECT_EQ(town.complete_percent(), "20.00");
  EXPECT_EQ(town.timely_percent(), "0.00");
}

TEST_F(PlansTest, ATimeLeadsToARevision) {
  Push(reporter(), {MakeMessage("a")});
  v1::ResolveRevisionRequest request;
  request.set_parent(kPlanTown);
  v1::ResolveRevisionResponse response;
  EXPECT_THAT(Seen(reporter().ResolveRevision(Context().get(), request, &response)),
              HasReason("TIME_INVALID"));
  request.mutable_time()->set_seconds(absl::ToUnixSeconds(clock_.Now()) - 1);
  ASSERT_THAT(Seen(reporter().ResolveRevision(Context().get(), request, &response)), IsOk());
  EXPECT_EQ(response.position().revision(), 0);
  request.mutable_time()->set_seconds(absl::ToUnixSeconds(clock_.Now()));
  ASSERT_THAT(Seen(reporter().ResolveRevision(Context().get(), request, &response)), IsOk());
  EXPECT_EQ(response.position().revision(), 1);
}

}  // namespace
}  // namespace zhenhui::activities::testing
