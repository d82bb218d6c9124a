#include "services/reporting/domain/oversight/plan_status.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/reporting/domain/oversight/percent.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using testing::SmallCatalogue;
using zhenhui::testing::IsOk;

constexpr char kPlanTown[] = "630106101";

TEST(PlanExpectationTest, ItGrowsByTheDaysOfTheQuarter) {
  const struct {
    const char* what;
    MetricType type;
    std::array<int64_t, 4> quarters;
    Date as_of;
    int64_t target, expected, due;
  } kCases[] = {
      {"before the year", MetricType::kFlow, {91, 91, 92, 92}, Date(2023, 12, 31), 366, 0, 0},
      {"the first day, 1/91 of a quarter", MetricType::kFlow, {91, 91, 92, 92}, Date(2024, 1, 1), 366, 1, 0},
      {"rounded down", MetricType::kFlow, {90, 0, 0, 0}, Date(2024, 1, 1), 90, 0, 0},
      {"the day before a quarter ends", MetricType::kFlow, {91, 91, 92, 92}, Date(2024, 3, 30), 366, 90, 0},
      {"a quarter is over on its last day",
       MetricType::kFlow,
       {91, 91, 92, 92},
       Date(2024, 3, 31),
       366,
       91,
       91},
      {"the second quarter", MetricType::kFlow, {10, 91, 0, 0}, Date(2024, 4, 2), 101, 12, 10},
      {"the year's end", MetricType::kFlow, {1, 2, 3, 4}, Date(2024, 12, 31), 10, 10, 10},
      {"a common year's first quarter has 90 days",
       MetricType::kFlow,
       {90, 0, 0, 0},
       Date(2023, 3, 30),
       90,
       89,
       0},
      {"a level is no sum", MetricType::kStock, {100, 102, 102, 102}, Date(2024, 6, 30), 102, 102, 102},
      {"a level rises evenly", MetricType::kStock, {100, 191, 191, 191}, Date(2024, 4, 1), 191, 101, 100},
      {"a level that falls is rounded down",
       MetricType::kStock,
       {100, 9, 9, 9},
       Date(2024, 4, 1),
       9,
       99,
       100},
      {"a ratio is a level", MetricType::kRatio, {80, 80, 90, 95}, Date(2024, 12, 30), 95, 94, 90},
      {"a huge target",
       MetricType::kFlow,
       {1'000'000'000'000, 1'000'000'000'000, 1'000'000'000'000, 1'000'000'000'000},
       Date(2024, 12, 31),
       4'000'000'000'000,
       4'000'000'000'000,
       4'000'000'000'000},
  };
  for (const auto& c : kCases) {
    const int year = c.as_of == Date(2023, 3, 30) ? 2023 : 2024;
    const PlanExpectation e = ExpectationOf(c.type, c.quarters, year, c.as_of);
    EXPECT_EQ(e.target, c.target) << c.what;
    EXPECT_EQ(e.expected, c.expected) << c.what;
    EXPECT_EQ(e.due, c.due) << c.what;
  }
}

class PlanStatusTest : public ::testing::Test {
 protected:
  // The status of one target of a town with these lectures and cases by the day.
  PlanItem Status(const std::string& metric, std::array<int64_t, 4> quarters, Date as_of,
                  const std::vector<Facts>& records) {
    std::vector<Facts> all = records;
    all.push_back(TownshipFacts{"上新庄镇", 1, {}});
    const std::vector<TownView> towns = {small_.Town(kPlanTown, all)};
    const std::vector<PlanTarget> targets = {{kPlanTown, metric, quarters, "普法工作计划", 7}};
    const auto items = PlanStatusOf(small_.vocabulary, *small_.plans, targets, towns, 2024, as_of, as_of);
    EXPECT_THAT(items, IsOk());
    return items->at(0);
  }
  Facts Lecture(Date date, int64_t occurrences) {
    return small_.Activity("lecture", date, "", {{"occurrences", occurrences}});
  }

  SmallCatalogue small_;
};

TEST_F(PlanStatusTest, AnItemStandsByWhatIsDoneExpectedAndDue) {
  const Date day(2024, 5, 15);  // in the second quarter, day 45 of 91
  const struct {
    const char* what;
    int64_t done;
    PlanState state;
    const char* percent;
  } kCases[] = {
      // 10 due, 10 + 20 * 45 / 91 = 19 expected, 60 in the year
      {"nothing but an older year", 0, PlanState::kOverdue, ""},
      {"less than is due", 9, PlanState::kOverdue, "15.00"},
      {"what is due", 10, PlanState::kBehind, "16.67"},
      {"not yet what is expected", 18, PlanState::kBehind, "30.00"},
      {"what is expected", 19, PlanState::kOnPace, "31.67"},
      {"the year's target", 60, PlanState::kDone, "100.00"},
      {"more than that", 61, PlanState::kDone, "101.67"},
  };
  for (const auto& c : kCases) {
    std::vector<Facts> records = {Lecture(Date(2023, 12, 31), 500), Lecture(day + 1, 500)};
    if (c.done > 0) records.push_back(Lecture(Date(2024, 1, 1), c.done - 1));
    if (c.done > 0) records.push_back(Lecture(day, 1));
    const PlanItem item = Status("lectures", {10, 20, 20, 10}, day, records);
    EXPECT_EQ(item.state, c.state) << c.what;
    EXPECT_EQ(item.percent, c.percent) << c.what;
    EXPECT_EQ(item.done.value, c.done) << c.what;
    EXPECT_EQ(item.expectation.expected, 19);
  }
}

TEST_F(PlanStatusTest, RatiosAreComparedExactlyInPerCent) {
  const auto cases = [&](int64_t success, int64_t all) {
    return std::vector<Facts>{
        small_.Activity("mediation", Date(2024, 2, 1), "", {{"cases", all}, {"success", success}})};
  };
  const Date day(2024, 3, 31);
  EXPECT_EQ(Status("rate", {98, 98, 98, 98}, day, cases(98, 100)).state, PlanState::kDone);
  EXPECT_EQ(Status("rate", {98, 98, 98, 98}, day, cases(9799, 10000)).state, PlanState::kOverdue);
  EXPECT_EQ(Status("rate", {98, 98, 98, 98}, day, cases(1, 3)).percent, "34.01");  // 33.33... of 98
  // Nothing to mediate is no failure.
  const PlanItem none =
      Status("rate", {98, 98, 98, 98}, day, testing::ConfirmedMonths(Date(2024, 1, 1), day));
  EXPECT_EQ(none.state, PlanState::kOnPace);
  EXPECT_EQ(none.percent, "");
}

TEST_F(PlanStatusTest, StocksAreReadOnTheDay) {
  const std::vector<Facts> counsels = {small_.Counsel({"101"}, {Date(2024, 2, 1), std::nullopt}),
                                       small_.Counsel({"102"}, {Date(2024, 2, 1), Date(2024, 5, 31)})};
  EXPECT_EQ(Status("counsels", {1, 2, 2, 2}, Date(2024, 5, 31), counsels).state, PlanState::kDone);
  EXPECT_EQ(Status("counsels", {1, 2, 2, 2}, Date(2024, 6, 30), counsels).state, PlanState::kOverdue);
}

TEST_F(PlanStatusTest, AZeroTargetIsDoneAndAnUnknownMetricSaysSo) {
  const Date day(2024, 12, 31);
  const PlanItem zero =
      Status("lectures", {0, 0, 0, 0}, day, testing::ConfirmedMonths(Date(2024, 1, 1), day));
  EXPECT_EQ(zero.state, PlanState::kDone);
  EXPECT_EQ(zero.percent, "");
  const PlanItem unknown = Status("no_such_metric", {1, 2, 3, 4}, day, {});
  EXPECT_EQ(unknown.state, PlanState::kUnknownMetric);
  EXPECT_EQ(unknown.plan, nullptr);
  EXPECT_EQ(unknown.expectation.target, 10);
  EXPECT_EQ(unknown.name_zh, "上新庄镇");
}

TEST_F(PlanStatusTest, TargetsOfOtherTownsAreLeftOut) {
  const std::vector<TownView> towns = {small_.Town(kPlanTown, {})};
  const std::vector<PlanTarget> targets = {{"630106102", "lectures", {1, 1, 1, 1}, "", 1},
                                           {kPlanTown, "lectures", {1, 1, 1, 1}, "", 1}};
  const auto items = PlanStatusOf(small_.vocabulary, *small_.plans, targets, towns, 2024, Date(2024, 1, 1),
                                  Date(2024, 1, 1));
  ASSERT_THAT(items, IsOk());
  ASSERT_EQ(items->size(), 1u);
  EXPECT_EQ(items->at(0).target.township, kPlanTown);
}

TEST(PercentTextTest, LargeNumbersPrintInFull) {
  EXPECT_EQ(PercentText(0, 7), "0.00");
  EXPECT_EQ(PercentText(1, 3), "33.33");
  EXPECT_EQ(PercentText(1, 8), "12.50");
  EXPECT_EQ(PercentText(1, 32), "3.13");
  EXPECT_EQ(PercentText(Int128{1'000'000'000'000'000'000} * 100, 1), "10000000000000000000000.00");
}

}  // namespace
}  // namespace zhenhui::reporting
