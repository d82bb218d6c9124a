#include "services/reporting/domain/figure.h"

#include <gtest/gtest.h>

#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using testing::ConfirmedMonths;

constexpr FigureState kValue = FigureState::kValue;
constexpr FigureState kZero = FigureState::kConfirmedZero;
constexpr FigureState kSilent = FigureState::kNotReported;
constexpr FigureState kNever = FigureState::kNotApplicable;
const Date kFigureToday(2024, 6, 15);
const Period kFirstQuarter{Date(2024, 1, 1), Date(2024, 3, 31)};

class FigureTest : public ::testing::Test {
 protected:
  Figure Read(std::string_view metric, const TownView& town, const Period& period, Place place = {}) {
    const MetricPlan* plan = small_.Plan(metric);
    return *MakeFigure(*plan, ReadSums(*plan, *town.state, place, DayRange(period),
                                       CompletenessOf(small_.vocabulary, *town.state, period, kFigureToday)));
  }
  TownView WithConfirmed(std::vector<Facts> records, Date first, Date last) {
    for (Facts& month : ConfirmedMonths(first, last)) records.push_back(std::move(month));
    return small_.Town("630106101", records);
  }
  testing::SmallCatalogue small_;
};

TEST_F(FigureTest, EachOfTheFourStates) {
  const Date jan(2024, 1, 1), feb(2024, 2, 1), mar(2024, 3, 1), jun(2024, 6, 1);
  const Facts lecture = small_.Activity("lecture", Date(2024, 2, 10), "", {});
  const Facts none_settled =
      small_.Activity("mediation", Date(2024, 2, 10), "", {{"cases", 5}, {"success", 0}});
  const Facts counsel = small_.Counsel({}, {Date(2024, 1, 15), Date(2024, 2, 15)});
  const Facts young = TownshipFacts{"示例镇", 1, {Date(2024, 3, 1), std::nullopt}};
  const Period next_year{Date(2025, 1, 1), Date(2025, 12, 31)};
  const Period this_year{Date(2024, 1, 1), Date(2024, 12, 31)};
  const Period before{Date(2023, 1, 1), Date(2023, 12, 31)};
  const struct {
    const char* what;
    const char* metric;
    std::vector<Facts> records;
    Date confirmed_from, confirmed_to;
    Period period;
    FigureState state;
    int64_t value;
    int unconfirmed;
  } cases[] = {
      {"a record", "lectures", {lecture}, jan, jan, kFirstQuarter, kValue, 1, 2},
      {"all months confirmed", "lectures", {}, jan, mar, kFirstQuarter, kZero, 0, 0},
      {"one month open", "lectures", {}, jan, feb, kFirstQuarter, kSilent, 0, 1},
      {"a record that says 0", "success", {none_settled}, jan, jan, kFirstQuarter, kValue, 0, 2},
      {"a rate of 0", "rate", {none_settled}, jan, mar, kFirstQuarter, kValue, 0, 0},
      {"a rate of nothing", "rate", {}, jan, mar, kFirstQuarter, kNever, 0, 0},
      {"a stock that ended", "counsels", {counsel}, jan, mar, kFirstQuarter, kValue, 0, 0},
      {"a stock of none", "counsels", {}, jan, jan, kFirstQuarter, kValue, 0, 2},
      {"months after today's do not count", "lectures", {}, jan, jun, this_year, kZero, 0, 0},
      {"up to today's month", "lectures", {}, jan, mar, this_year, kSilent, 0, 3},
      {"wholly in the future", "lectures", {}, jan, jun, next_year, kSilent, 0, 0},
      {"before the town existed", "lectures", {young}, jan, jun, before, kNever, 0, 0},
      {"months before it existed need no confirmation",
       "lectures",
       {young},
       mar,
       mar,
       kFirstQuarter,
       kZero,
       0,
       0},
      {"a stock before the town existed", "counsels", {young}, jan, jun, before, kNever, 0, 0},
  };
  for (const auto& c : cases) {
    const Figure figure =
        Read(c.metric, WithConfirmed(c.records, c.confirmed_from, c.confirmed_to), c.period);
    EXPECT_EQ(figure.state, c.state) << c.what;
    EXPECT_EQ(figure.value, c.value) << c.what;
    EXPECT_EQ(figure.unconfirmed_months, c.unconfirmed) << c.what;
  }
}

TEST_F(FigureTest, StocksStandOnTheLastDayAndDistinctCountsVillages) {
  const TownView town = small_.Town(
      "630106101", {small_.Counsel({"630106101201", "630106101202"}, {Date(2024, 1, 31), std::nullopt}),
                    small_.Counsel({"630106101202"}, {std::nullopt, Date(2024, 3, 31)}), small_.Counsel({}),
                    small_.Village("630106101201"), small_.Village("630106101202"),
                    small_.Village("630106101203", {Date(2024, 4, 1), std::nullopt})});
  const auto at = [&](const char* metric, Date day) {
    return Read(metric, town, {Date(2024, 1, 1), day}).value;
  };
  EXPECT_EQ(at("counsels", Date(2024, 1, 30)), 2);
  EXPECT_EQ(at("counsels", Date(2024, 1, 31)), 3);
  EXPECT_EQ(at("counsels", Date(2024, 3, 31)), 3);
  EXPECT_EQ(at("counsels", Date(2024, 4, 1)), 2);
  EXPECT_EQ(at("covered", Date(2024, 1, 30)), 1);
  EXPECT_EQ(at("covered", Date(2024, 4, 1)), 2);
  EXPECT_EQ(at("villages", Date(2024, 3, 31)), 2);
  EXPECT_EQ(at("villages", Date(2024, 4, 1)), 3);
  const Figure density = Read("density", town, {Date(2024, 1, 1), Date(2024, 4, 1)});
  EXPECT_EQ(density.value, 2);
  EXPECT_EQ(density.denominator, 3);
  EXPECT_EQ(PrintFigure(*small_.Plan("density"), density), "0.67");
}

TEST_F(FigureTest, PrintsInTheMetricsUnit) {
  const TownView town = small_.Town(
      "630106101", {small_.Activity("penalty", Date(2024, 1, 2), "", {{"fen", 123450}}),
                    small_.Activity("mediation", Date(2024, 1, 2), "", {{"cases", 41}, {"success", 40}})});
  const auto text = [&](const char* metric) {
    return PrintFigure(*small_.Plan(metric), Read(metric, town, kFirstQuarter));
  };
  EXPECT_EQ(text("fines"), "1234.50");
  EXPECT_EQ(text("rate"), "97.56");
  EXPECT_EQ(text("cases"), "41");
  EXPECT_EQ(text("failed"), "1");
  EXPECT_EQ(text("lectures"), "");  // not reported
}

TEST_F(FigureTest, AVillageThatDidNotExistIsNotApplicable) {
  const TownView town = small_.Town(
      "630106101",
      {small_.Village("630106101201", {std::nullopt, Date(2023, 12, 31)}), small_.Village("630106101202")});
  const auto village = [&](std::string_view code) {
    return Place{Grain::kVillage, small_.vocabulary.FindMember(code)};
  };
  EXPECT_EQ(Read("lectures", town, kFirstQuarter, village("630106101201")).state, kNever);
  EXPECT_EQ(Read("lectures", town, kFirstQuarter, village("630106101202")).state, kSilent);
  EXPECT_EQ(Read("lectures", town, kFirstQuarter, village("630106101999")).state, kNever);
}

TEST_F(FigureTest, ASumThatDoesNotFitIsAnError) {
  FigureSums sums;
  sums.exists = true;
  sums.value = static_cast<Int128>(INT64_MAX) + 1;
  EXPECT_THAT(MakeFigure(*small_.Plan("cases"), sums), testing::HasReason("FIGURE_TOO_LARGE"));
}

}  // namespace
}  // namespace zhenhui::reporting
