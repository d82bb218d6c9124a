#include <gmock/gmock.h>

#include "absl/time/clock.h"
#include "tests/testing/activities/repository_contract.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"

// The part of RepositoryContract that is about targets.
namespace zhenhui::activities::testing {
namespace {

using ::testing::IsEmpty;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

const absl::Time kPlannedAt = absl::FromUnixSeconds(1'710'000'000);

absl::Time PlanDeadline() { return absl::Now() + absl::Seconds(20); }

Target Lectures(int64_t first, int year = 2024, const std::string& metric = "law_lectures") {
  return {metric, year, {first, 2, 3, 4}, TargetSource::kStudyPlan, "note, \"quoted\" \\ {}", false};
}

// Writes the targets as they are; returns the head.
absl::StatusOr<int64_t> Promise(TargetRepository& repository, const std::vector<Target>& targets,
                                std::string_view town = kTown) {
  std::vector<std::string> ids;
  for (const Target& target : targets) ids.push_back(TargetId(target));
  const auto decide = [&](TargetRepository::Existing, int64_t) -> absl::StatusOr<std::vector<PlannedTarget>> {
    std::vector<PlannedTarget> plan;
    for (size_t i = 0; i < targets.size(); ++i) plan.push_back({targets[i], i});
    return plan;
  };
  return repository.Write(town, ids, decide, {"planner", kPlannedAt, "why"}, PlanDeadline());
}

TEST_P(RepositoryContract, TargetsAreReadBackWholeByTownshipAndMetric) {
  ASSERT_THAT(Promise(targets(), {Lectures(1), Lectures(7, 2024, "counsel_visits"), Lectures(9, 2025)}),
              IsOkAndHolds(3));
  ASSERT_THAT(Promise(targets(), {Lectures(5)}, kOtherTown), IsOkAndHolds(1));
  const auto all = targets().List("630106", 2024, PlanDeadline());
  ASSERT_THAT(all, IsOk());
  ASSERT_EQ(all->size(), 3u);
  EXPECT_EQ((*all)[0].content, Lectures(7, 2024, "counsel_visits"));
  EXPECT_EQ((*all)[0].township, kTown);
  EXPECT_EQ((*all)[0].revision, 2);
  EXPECT_EQ((*all)[1].content, Lectures(1));
  EXPECT_EQ((*all)[1].updated_by, "planner");
  EXPECT_EQ((*all)[1].update_time, kPlannedAt);
  EXPECT_EQ((*all)[2].township, kOtherTown);
  EXPECT_EQ(targets().List(kTown, 2025, PlanDeadline())->size(), 1u);
  EXPECT_THAT(*targets().List(kTown, 2023, PlanDeadline()), IsEmpty());
}

TEST_P(RepositoryContract, ATargetIsReplacedAndAWithdrawnOneIsNotListed) {
  ASSERT_THAT(Promise(targets(), {Lectures(1), Lectures(2, 2024, "counsel_visits")}), IsOk());
  Target withdrawn = Lectures(1);
  withdrawn.withdrawn = true;
  ASSERT_THAT(Promise(targets(), {withdrawn, Lectures(8, 2024, "counsel_visits")}), IsOkAndHolds(4));
  const auto left = targets().List(kTown, 2024, PlanDeadline());
  ASSERT_THAT(left, IsOk());
  ASSERT_EQ(left->size(), 1u);
  EXPECT_EQ((*left)[0].content.quarters[0], 8);
  EXPECT_EQ((*left)[0].revision, 4);
  const std::vector<std::string> ids = {"2024.none", "2024.law_lectures"};
  const auto decide = [](TargetRepository::Existing existing,
                         int64_t head) -> absl::StatusOr<std::vector<PlannedTarget>> {
    EXPECT_EQ(head, 4);
    EXPECT_FALSE(existing[0].has_value());
    EXPECT_TRUE(existing[1].has_value() && existing[1]->content.withdrawn);
    return std::vector<PlannedTarget>();
  };
  EXPECT_THAT(targets().Inspect(kTown, ids, decide, PlanDeadline()), IsOkAndHolds(4));
}

}  // namespace
}  // namespace zhenhui::activities::testing
