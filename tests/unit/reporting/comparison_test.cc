#include "services/reporting/domain/comparison.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;

const Date kCompareToday(2025, 2, 1);
const Period kYear{Date(2024, 1, 1), Date(2024, 12, 31)};

class ComparisonTest : public ::testing::Test {
 protected:
  // A town with so many cases this year and last, confirmed unless said; villages and residents where above
  // 0.
  TownView Town(int64_t cases, int64_t last_year = 0, bool confirmed = true, int villages = 0,
                int64_t residents = 0) {
    std::vector<Facts> records;
    if (confirmed) records = testing::ConfirmedMonths(Date(2023, 1, 1), Date(2024, 12, 1));
    if (cases != 0) records.push_back(small_.Activity("mediation", Date(2024, 5, 6), "", {{"cases", cases}}));
    if (last_year != 0)
      records.push_back(small_.Activity("mediation", Date(2023, 5, 6), "", {{"cases", last_year}}));
    for (int i = 0; i < villages; ++i) records.push_back(small_.Village(std::to_string(630106101201 + i)));
    if (residents != 0) records.push_back(PopulationFacts{2024, residents});
    return small_.Town("630106101", records);
  }
  MetricComparison Compared(std::vector<TownView> towns, const char* metric = "cases",
                            Normalisation by = Normalisation::kNone) {
    return Compare(small_.vocabulary, {{small_.Plan(metric)}, kYear, by}, towns, kCompareToday)->front();
  }
  template <typename Get>
  static std::vector<std::string> Column(const MetricComparison& comparison, Get get) {
    std::vector<std::string> column;
    for (const TownFigure& town : comparison.towns) column.push_back(get(town));
    return column;
  }
  static std::vector<std::string> Ranks(const MetricComparison& comparison) {
    return Column(comparison,
                  [](const TownFigure& t) { return std::to_string(t.rank) + (t.tied ? "=" : ""); });
  }
  testing::SmallCatalogue small_;
};

TEST_F(ComparisonTest, TiedTownsShareARankAndTheNextIsLeftOut) {
  const auto result = Compared({Town(7), Town(12), Town(7), Town(0), Town(9, 0, false), Town(3)});
  EXPECT_THAT(Ranks(result), ElementsAre("2=", "1", "2=", "5", "0", "4"));
  EXPECT_EQ(result.towns[4].rank_withheld, RankWithheld::kUnconfirmedMonths);
  EXPECT_EQ(result.towns[3].figure.state, FigureState::kConfirmedZero);
  EXPECT_EQ(result.total.value, 38);
  EXPECT_EQ(result.median.Text(), "7.00");
  EXPECT_THAT(Column(result, [](const TownFigure& t) { return t.difference_from_median.Text(); }),
              ElementsAre("0.00", "5.00", "0.00", "-7.00", "2.00", "-4.00"));
  EXPECT_THAT(Column(result, [](const TownFigure& t) { return t.share_percent.Text(); }),
              ElementsAre("18.42", "31.58", "18.42", "0.00", "23.68", "7.89"));
}

TEST_F(ComparisonTest, SaysWhyThereIsNoRank) {
  const auto result = Compared({Town(5, 0, true, 2), Town(5), Town(0, 0, false), Town(5, 0, false)}, "cases",
                               Normalisation::kPerVillage);
  EXPECT_EQ(result.towns[0].rank, 1);
  EXPECT_EQ(result.towns[1].rank_withheld, RankWithheld::kNoBase);
  EXPECT_EQ(result.towns[2].rank_withheld, RankWithheld::kNotReported);
  EXPECT_EQ(result.towns[3].rank_withheld, RankWithheld::kUnconfirmedMonths);
  EXPECT_EQ(Compared({Town(0)}, "rate").towns[0].rank_withheld, RankWithheld::kNotApplicable);
  EXPECT_EQ(Compared({Town(0, 0, false)}).median.Text(), "");
}

TEST_F(ComparisonTest, NormalisesByVillagesAndByResidents) {
  const std::vector<TownView> towns = {Town(10, 0, true, 4, 30'000), Town(9, 0, true, 3, 45'000)};
  const auto per_village = Compared(towns, "cases", Normalisation::kPerVillage);
  EXPECT_THAT(Ranks(per_village), ElementsAre("2", "1"));
  EXPECT_EQ(per_village.towns[0].per_village.Text(), "2.50");
  EXPECT_EQ(per_village.median.Text(), "2.75");
  EXPECT_EQ(per_village.towns[0].difference_from_median.Text(), "-0.25");
  const auto per_residents = Compared(towns, "cases", Normalisation::kPer10000Residents);
  EXPECT_THAT(Ranks(per_residents), ElementsAre("1", "2"));
  EXPECT_EQ(per_residents.towns[0].per_10000_residents.Text(), "3.33");
  EXPECT_EQ(per_residents.towns[1].per_10000_residents.Text(), "2.00");
  EXPECT_EQ(per_residents.median.Text(), "2.67");
  EXPECT_EQ(per_residents.gini.Text(), "0.1250");
  EXPECT_EQ(Compared(towns).towns[1].per_village.Text(), "3.00") << "stated whatever ranks are made by";
}

TEST_F(ComparisonTest, MedianOfAnEvenCountIsTheMeanOfTheTwoInTheMiddle) {
  EXPECT_EQ(Compared({Town(1), Town(4), Town(2), Town(9)}).median.Text(), "3.00");
  EXPECT_EQ(Compared({Town(1), Town(4), Town(3), Town(9)}).median.Text(), "3.50");
  EXPECT_EQ(Compared({Town(6)}).median.Text(), "6.00");
}

TEST_F(ComparisonTest, GiniSaysHowEvenTheTownsAre) {
  EXPECT_EQ(Compared({Town(5), Town(5)}).gini.Text(), "0.0000");
  EXPECT_EQ(Compared({Town(0), Town(5)}).gini.Text(), "0.5000");
  EXPECT_EQ(Compared({Town(0), Town(0)}).gini.Text(), "");
  EXPECT_EQ(Compared({Town(5)}).gini.Text(), "");
}

TEST_F(ComparisonTest, ChangeAgainstLastYear) {
  const auto result = Compared({Town(13, 10), Town(5, 10), Town(0, 10), Town(5, 0), Town(1, 3)});
  EXPECT_THAT(Column(result, [](const TownFigure& t) { return t.change_percent.Text(); }),
              ElementsAre("30.00", "-50.00", "-100.00", "", "-66.67"));
  EXPECT_THAT(Column(result, [](const TownFigure& t) { return t.last_year_decimal.Text(); }),
              ElementsAre("10", "10", "10", "0", "3"));
}

TEST_F(ComparisonTest, RatiosAreTwoSumsAndChangeInPercentagePoints) {
  std::vector<Facts> first = testing::ConfirmedMonths(Date(2023, 1, 1), Date(2024, 12, 1));
  std::vector<Facts> second = first;
  first.push_back(small_.Activity("mediation", Date(2024, 2, 2), "", {{"cases", 4}, {"success", 3}}));
  first.push_back(small_.Activity("mediation", Date(2023, 2, 2), "", {{"cases", 2}, {"success", 1}}));
  second.push_back(small_.Activity("mediation", Date(2024, 2, 2), "", {{"cases", 96}, {"success", 96}}));
  const auto result = Compared({small_.Town("630106101", first), small_.Town("630106102", second)}, "rate",
                               Normalisation::kPerVillage);
  EXPECT_THAT(Ranks(result), ElementsAre("2", "1"));
  EXPECT_EQ(result.total.value, 99);
  EXPECT_EQ(result.total.denominator, 100);
  EXPECT_EQ(result.total_decimal.Text(), "99.00");
  EXPECT_EQ(result.towns[0].change_percent.Text(), "25.00");
  EXPECT_EQ(result.towns[0].share_percent.Text(), "");
  EXPECT_EQ(result.towns[0].per_village.Text(), "");
  EXPECT_EQ(result.median.Text(), "87.50");
}

TEST_F(ComparisonTest, RefusesAPeriodThatEndsBeforeItBegins) {
  const ComparisonQuery query{{small_.Plan("cases")}, {kYear.end, kYear.begin}, Normalisation::kNone};
  EXPECT_THAT(Compare(small_.vocabulary, query, {}, kCompareToday), HasReason("PERIOD_EMPTY"));
}

}  // namespace
}  // namespace zhenhui::reporting
