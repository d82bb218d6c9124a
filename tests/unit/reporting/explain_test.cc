#include "services/reporting/domain/explain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using testing::IsOk;

const Period kExplainQuarter{Date(2024, 1, 1), Date(2024, 3, 31)};

class ExplainTest : public ::testing::Test {
 protected:
  ExplainTest() {
    records_ = {
        small_.Activity("mediation", Date(2024, 1, 1), "630106101201", {{"cases", 5}, {"success", 4}},
                        {"women"}),
        small_.Activity("mediation", Date(2024, 3, 31), "", {{"cases", 7}, {"success", 0}}),
        small_.Activity("mediation", Date(2024, 4, 1), "630106101201", {{"cases", 100}, {"success", 1}}),
        small_.Counsel({"630106101201", "630106101202"}, {Date(2024, 3, 31), std::nullopt}),
        small_.Counsel({"630106101201"}, {std::nullopt, Date(2024, 3, 30)}),
        small_.Counsel({}, {Date(2024, 1, 1), Date(2024, 3, 31)}),
        small_.Village("630106101201"),
        small_.Village("630106101202", {Date(2024, 4, 1), std::nullopt})};
    town_ = small_.Town("630106101", records_);
  }
  ExplainQuery Query(const char* metric, const char* village = "", const char* audience = "") {
    return {small_.Plan(metric), kExplainQuarter, village, audience};
  }
  testing::SmallCatalogue small_;
  std::vector<Facts> records_;
  TownView town_;
};

TEST_F(ExplainTest, ContributionsSumToTheFigureOfEveryMetric) {
  for (const char* metric :
       {"lectures", "cases", "success", "failed", "rate", "counsels", "density", "villages"}) {
    for (const char* village : {"", "630106101201", "630106101202", "630106101999"}) {
      const ExplainQuery query = Query(metric, village);
      const Figure figure = *ExplainedFigure(small_.vocabulary, query, *town_.state, Date(2024, 6, 1));
      ContributionAmounts sum;
      for (const Facts& record : records_) {
        const ContributionAmounts one = ContributionOf(small_.vocabulary, query, record);
        sum.value += one.value;
        sum.denominator += one.denominator;
      }
      EXPECT_EQ(sum.value, figure.value) << metric << " " << village;
      EXPECT_EQ(sum.denominator, figure.denominator) << metric << " " << village;
    }
  }
}

TEST_F(ExplainTest, SaysWhatOneRecordAdds) {
  const auto rate = ContributionOf(small_.vocabulary, Query("rate"), records_[0]);
  EXPECT_EQ(rate.value, 4);
  EXPECT_EQ(rate.denominator, 5);
  EXPECT_EQ(ContributionOf(small_.vocabulary, Query("failed", "", "women"), records_[0]).value, 1);
  EXPECT_TRUE(ContributionOf(small_.vocabulary, Query("cases"), records_[2]).is_zero()) << "after the period";
  EXPECT_EQ(ContributionOf(small_.vocabulary, Query("counsels"), records_[3]).value, 1);
  EXPECT_TRUE(ContributionOf(small_.vocabulary, Query("counsels"), records_[4]).is_zero())
      << "ended the day before";
}

TEST_F(ExplainTest, ADistinctMetricIsExplainedByVillages) {
  EXPECT_THAT(DistinctVillages(small_.vocabulary, Query("covered"), *town_.state),
              ElementsAre("630106101201", "630106101202"));
  EXPECT_THAT(DistinctVillages(small_.vocabulary, Query("covered", "630106101202"), *town_.state),
              ElementsAre("630106101202"));
  EXPECT_EQ(ExplainedFigure(small_.vocabulary, Query("covered"), *town_.state, Date(2024, 6, 1))->value, 2);
}

TEST_F(ExplainTest, NamesTheSources) {
  const auto failed = SourcesOf(small_.vocabulary, *small_.Plan("failed"));
  EXPECT_THAT(failed.activity_kinds, ElementsAre("mediation"));
  const auto density = SourcesOf(small_.vocabulary, *small_.Plan("density"));
  EXPECT_THAT(density.roster_roles, ElementsAre("legal_counsel"));
  EXPECT_TRUE(density.villages);
  EXPECT_TRUE(density.activity_kinds.empty());
  EXPECT_TRUE(SourcesOf(small_.vocabulary, *small_.Plan("covered")).distinct);
}

TEST_F(ExplainTest, RefusesFiltersThatTheCellsDoNotHave) {
  EXPECT_THAT(CheckExplain(Query("cases", "630106101201", "women")), HasReason("VILLAGE_AND_AUDIENCE"));
  EXPECT_THAT(CheckExplain(Query("counsels", "", "women")), HasReason("AUDIENCE_NEEDS_FLOW"));
  ExplainQuery days{small_.Plan("cases"), {Date(2024, 1, 2), Date(2024, 1, 3)}, "630106101201", ""};
  EXPECT_THAT(CheckExplain(days), HasReason("PERIOD_NOT_WHOLE_MONTHS"));
  days.metric = small_.Plan("counsels");
  EXPECT_THAT(CheckExplain(days), IsOk()) << "a stock is kept by day";
}

}  // namespace
}  // namespace zhenhui::reporting
