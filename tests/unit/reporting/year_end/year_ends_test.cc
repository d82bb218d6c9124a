// Reading, deciding and writing together, over a cube and a store in memory.
#include "services/reporting/domain/year_end/year_ends.h"

#include <gmock/gmock.h>

#include "common/digest/sha256.h"
#include "common/failpoint/failpoint.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/year_end/world.h"

namespace zhenhui::reporting {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

class YearEndsTest : public ::testing::Test {
 protected:
  std::vector<std::string> Reasons(const YearKey& key = YearWorld::kKey) {
    const auto view = world_.View(key);
    EXPECT_THAT(view, IsOk());
    std::vector<std::string> reasons;
    for (const Blocking& blocking : view->blockers) reasons.push_back(blocking.reason);
    return reasons;
  }
  int64_t Lectures(const YearEndView& view) const {
    return view.figures.towns[0].figures[*FindMetric(view.figures, "lectures")][0].value;
  }

  YearWorld world_;
};

TEST_F(YearEndsTest, AClosedYearShowsItsCertifiedFiguresForEver) {
  world_.AddLecture(0);
  const auto closed = world_.CloseAll();
  ASSERT_THAT(closed, IsOk());
  EXPECT_TRUE(closed->state.closed);
  world_.AddLecture(0);
  const auto later = world_.View();
  ASSERT_THAT(later, IsOk());
  EXPECT_EQ(Lectures(*later), 1);
  EXPECT_EQ(later->facts.digest, closed->facts.digest);
  EXPECT_THAT(later->blockers, IsEmpty());
  const auto text = world_.store.ReadCertificate(YearWorld::kKey, 0, world_.deadline);
  ASSERT_THAT(text, IsOk());
  EXPECT_EQ(text->digest, Sha256Hex(text->text));
  EXPECT_EQ(later->state.certificate, text->digest);
}

TEST_F(YearEndsTest, ARecordOfAnotherYearVoidsNoSignature) {
  ASSERT_THAT(world_.Sign(0), IsOk());
  world_.AddLecture(0, 2025);
  EXPECT_THAT(Reasons(), ElementsAre("TOWN_NOT_SIGNED", "NOT_APPROVED"));
  world_.AddLecture(0);
  EXPECT_THAT(Reasons(), ElementsAre("SIGNATURE_VOID", "TOWN_NOT_SIGNED", "NOT_APPROVED"));
  const auto view = world_.View();
  EXPECT_THAT(world_.ends.ChangesSinceSigned(*view, YearWorld::kTowns[0], world_.deadline),
              IsOkAndHolds(ElementsAre("lectures: 0 -> 1")));
  EXPECT_THAT(world_.ends.ChangesSinceSigned(*view, YearWorld::kTowns[1], world_.deadline),
              IsOkAndHolds(IsEmpty()));
  world_.DeleteLecture(0);
  EXPECT_THAT(Reasons(), ElementsAre("TOWN_NOT_SIGNED", "NOT_APPROVED")) << "it is as it was signed";
}

TEST_F(YearEndsTest, WhoIsOvertakenDecidesAgain) {
  for (int town = 0; town < 2; ++town) ASSERT_THAT(world_.Sign(town), IsOk());
  ASSERT_THAT(world_.Approve("first"), IsOk());
  world_.store.before_append = [&] { ASSERT_THAT(world_.Approve("second"), IsOk()); };
  const auto third = world_.Approve("third");
  ASSERT_THAT(third, IsOk());
  EXPECT_EQ(third->state.approvals.size(), 2u) << "two were enough by then";
  world_.store.before_append = [&] { ASSERT_THAT(world_.Do(CloseYear{}, "faster"), IsOk()); };
  const auto closed = world_.Do(CloseYear{}, "slower");
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state.closed_by, "faster");
  EXPECT_EQ(closed->state.generation, 1);
}

TEST_F(YearEndsTest, AnAnswerThatWasLostIsLookedUp) {
  for (int town = 0; town < 2; ++town) ASSERT_THAT(world_.Sign(town), IsOk());
  for (const char* person : {"first", "second"}) ASSERT_THAT(world_.Approve(person), IsOk());
  world_.store.lose_the_next_answer = true;
  const auto closed = world_.Do(CloseYear{}, "job");
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->state.generation, 1);
}

TEST_F(YearEndsTest, AYearIsChainedToTheOneBeforeAndWaitsForItsReopening) {
  const YearKey before{"630106", 2023};
  for (int town = 0; town < 2; ++town) {
    for (int month = 1; month <= 12; ++month) world_.Confirm(town, Date(2023, month, 1));
  }
  const auto first = world_.CloseAll(before);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(world_.ReopenIt(before), IsOk());
  for (int town = 0; town < 2; ++town) ASSERT_THAT(world_.Sign(town), IsOk());
  for (const char* person : {"first", "second"}) ASSERT_THAT(world_.Approve(person), IsOk());
  EXPECT_THAT(Reasons(), ElementsAre("PREVIOUS_YEAR_REOPENED"));
  EXPECT_THAT(world_.Do(CloseYear{}, "job"), HasReason("YEAR_END_BLOCKED"));
  const auto again = world_.CloseAll(before);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->certificate->superseded, first->state.certificate);
  const auto closed = world_.Do(CloseYear{}, "job");
  ASSERT_THAT(closed, IsOk());
  EXPECT_EQ(closed->certificate->previous, again->state.certificate);
}

// The year before is reopened between the look and the closing: the closing must see it.
TEST_F(YearEndsTest, AReopeningOfTheYearBeforeCannotSlipIn) {
  const YearKey before{"630106", 2023};
  for (int town = 0; town < 2; ++town) {
    for (int month = 1; month <= 12; ++month) world_.Confirm(town, Date(2023, month, 1));
  }
  ASSERT_THAT(world_.CloseAll(before), IsOk());
  for (int town = 0; town < 2; ++town) ASSERT_THAT(world_.Sign(town), IsOk());
  for (const char* person : {"first", "second"}) ASSERT_THAT(world_.Approve(person), IsOk());
  world_.store.before_append = [&] { ASSERT_THAT(world_.ReopenIt(before), IsOk()); };
  EXPECT_THAT(world_.Do(CloseYear{}, "job"), HasReason("YEAR_END_BLOCKED"));
}

TEST_F(YearEndsTest, FiguresThatAreBehindAndFeedsThatAreLostBlock) {
  world_.cube.SetHead(YearWorld::kTowns[1], Feed::kActivities, 1000);
  EXPECT_THAT(Reasons(), Contains("FEED_BEHIND"));
  EXPECT_EQ(world_.View()->facts.towns[0].behind, false);
  EXPECT_EQ(world_.View()->facts.towns[1].behind, true);
  YearWorld other;
  other.following = false;
  EXPECT_EQ(other.View()->facts.following, false);
}

TEST_F(YearEndsTest, TheYearIsOverWhenBothClocksSaySo) {
  const struct {
    const char* what;
    absl::Time now;
    absl::Duration store_ahead;
    bool over;
  } kCases[] = {
      // 2024 ends in China at 16:00 UTC.
      {"a second before",
       absl::FromCivil(absl::CivilSecond(2024, 12, 31, 15, 59, 59), absl::UTCTimeZone()),
       {},
       false},
      {"at the stroke",
       absl::FromCivil(absl::CivilSecond(2024, 12, 31, 16, 0, 0), absl::UTCTimeZone()),
       {},
       true},
      {"only the service's", absl::FromCivil(absl::CivilSecond(2024, 12, 31, 16, 0, 0), absl::UTCTimeZone()),
       -absl::Hours(1), false},
      {"only the store's", absl::FromCivil(absl::CivilSecond(2024, 12, 31, 15, 30, 0), absl::UTCTimeZone()),
       absl::Hours(24), false},
  };
  for (const auto& one : kCases) {
    world_.clock.Set(one.now);
    world_.store_ahead = one.store_ahead;
    EXPECT_EQ(world_.View()->facts.year_over, one.over) << one.what;
  }
}

TEST_F(YearEndsTest, ADistrictWithoutANameKeepsItsYearOpen) {
  world_.name = absl::UnavailableError("the townships service is away");
  EXPECT_EQ(world_.CloseAll().status().code(), absl::StatusCode::kUnavailable);
  EXPECT_FALSE(world_.View()->state.closed);
  world_.name = "示例区";
  ASSERT_THAT(world_.Do(CloseYear{}, "job"), IsOk());
  EXPECT_EQ(world_.View()->certificate->figures.name_zh, "示例区");
}

TEST_F(YearEndsTest, UnknownDistrictsAndEmptyYearsAreToldApart) {
  EXPECT_THAT(world_.View({"630107", 2024}), HasReason("DISTRICT_NOT_FOUND"));
  EXPECT_THAT(world_.Do(CloseYear{}, "job", {"630107", 2024}), HasReason("DISTRICT_NOT_FOUND"));
}

TEST_F(YearEndsTest, AFailureAtAnyStepLeavesAllOrNothing) {
  for (int town = 0; town < 2; ++town) ASSERT_THAT(world_.Sign(town), IsOk());
  for (const char* person : {"first", "second"}) ASSERT_THAT(world_.Approve(person), IsOk());
  for (const char* step : {"year_end.decided", "year_end.before_write"}) {
    SetFailpoints(std::string(step) + "=throw");
    EXPECT_THROW(world_.Do(CloseYear{}, "job").status().IgnoreError(), std::runtime_error) << step;
    EXPECT_FALSE(world_.View()->state.closed) << step;
  }
  SetFailpoints("year_end.after_write=throw");
  EXPECT_THROW(world_.Do(CloseYear{}, "job").status().IgnoreError(), std::runtime_error);
  SetFailpoints("");
  EXPECT_TRUE(world_.View()->state.closed);
  EXPECT_EQ(world_.Do(CloseYear{}, "again")->state.closed_by, "job");
}

}  // namespace
}  // namespace zhenhui::reporting
