#include "services/activities/domain/completeness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/activities/fake_places.h"
#include "tests/testing/activities/fake_repository.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using testing::kTown;

MonthSummary Confirmed(int month, Date day, Date due, bool late) {
  MonthSummary summary{.township = kTown, .month = absl::CivilMonth(2024, month), .confirmation = {}};
  summary.activities = 3;
  summary.changed_after_confirmation = 1;
  summary.villages_active = 2;
  MonthConfirmation& confirmation = summary.confirmation.emplace();
  confirmation.month = summary.month;
  // 23:30 of the day in China, which is still the same day there and the day itself in UTC too.
  confirmation.confirm_time = absl::FromCivil(absl::CivilSecond(day.year(), day.month(), day.day(), 23, 30),
                                              absl::FixedTimeZone(8 * 3600));
  confirmation.due_date = due;
  confirmation.late = late;
  return summary;
}

TEST(CompletenessTest, MonthsStandByConfirmationAndDueDate) {
  Places places;
  places.township = {Date(2024, 2, 15), Date(2024, 9, 30)};
  places.villages["a"] = {};
  places.villages["b"] = {Date(2024, 5, 31), std::nullopt};
  places.name_zh = "上新庄镇";
  const std::vector<MonthSummary> summaries = {
      Confirmed(2, Date(2024, 3, 5), Date(2024, 3, 5), false),
      Confirmed(3, Date(2024, 4, 6), Date(2024, 4, 5), true),
      Confirmed(6, Date(2024, 6, 30), Date(2024, 7, 5), false),
  };
  const TownStanding town = StandingOf(kTown, places, 2024, Date(2024, 7, 5), summaries);
  const MonthState kExpected[] = {
      MonthState::kNotApplicable, MonthState::kInTime,        MonthState::kLate,
      MonthState::kMissing,       MonthState::kMissing,       MonthState::kInTime,
      MonthState::kRunning,       MonthState::kRunning,       MonthState::kRunning,
      MonthState::kNotApplicable, MonthState::kNotApplicable, MonthState::kNotApplicable};
  ASSERT_EQ(town.months.size(), 12u);
  for (size_t i = 0; i < 12; ++i) EXPECT_EQ(town.months[i].state, kExpected[i]) << i + 1;
  EXPECT_EQ(town.months[2].confirm_date, Date(2024, 4, 6));
  EXPECT_EQ(town.months[2].changed_after_confirmation, 1);
  EXPECT_EQ(town.months[3].villages, 1);
  EXPECT_EQ(town.months[4].villages, 2);
  EXPECT_EQ(town.months[11].due_date, Date(2025, 1, 5));
  // Over: February to June; June's due date has not passed.
  EXPECT_EQ(town.complete_percent, "60.00");
  EXPECT_EQ(town.timely_percent, "25.00");
  EXPECT_EQ(town.name_zh, "上新庄镇");
}

TEST(CompletenessTest, AMonthIsDueUpToItsDueDateAndMissingAfterIt) {
  const struct {
    Date today;
    MonthState state;
  } kCases[] = {{Date(2024, 1, 31), MonthState::kRunning},
                {Date(2024, 2, 1), MonthState::kDue},
                {Date(2024, 2, 5), MonthState::kDue},
                {Date(2024, 2, 6), MonthState::kMissing}};
  for (const auto& c : kCases) {
    EXPECT_EQ(StandingOf(kTown, Places(), 2024, c.today, {}).months[0].state, c.state) << FormatDate(c.today);
  }
}

TEST(CompletenessTest, PercentagesAreExactAndRoundedHalfUp) {
  const struct {
    int64_t part, whole;
    const char* text;
  } kCases[] = {{0, 0, ""},      {0, 7, "0.00"},  {1, 3, "33.33"},    {2, 3, "66.67"},    {1, 8, "12.50"},
                {1, 16, "6.25"}, {1, 32, "3.13"}, {12, 12, "100.00"}, {1, 20000, "0.01"}, {1, 20001, "0.00"}};
  for (const auto& c : kCases) EXPECT_EQ(Percent(c.part, c.whole), c.text) << c.part << "/" << c.whole;
}

TEST(CompletenessTest, ADistrictListsItsTownsThatExisted) {
  testing::FakeRepository repository;
  testing::FakePlaces places;
  zhenhui::testing::FakeClock clock(absl::FromUnixSeconds(1'719'720'000));  // 2024-06-30
  CompletenessUseCase completeness(repository, places, clock);
  const auto get = [&](const char* place, int year) {
    return completeness.Get(place, year, absl::InfiniteFuture());
  };
  ASSERT_THAT(get("630106", 2024), zhenhui::testing::IsOk());
  EXPECT_EQ(get("630106", 2024)->size(), 1u);
  EXPECT_EQ(get("630106", 2000)->size(), 0u);  // the town exists from 2001 on
  EXPECT_EQ(get(kTown, 2000)->size(), 1u);
  EXPECT_EQ(get(kTown, 2024)->at(0).complete_percent, "0.00");
}

}  // namespace
}  // namespace zhenhui::activities
