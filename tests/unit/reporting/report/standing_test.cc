#include "services/reporting/report/standing.h"

#include <gmock/gmock.h>

#include "tests/unit/reporting/report/report_fixture.h"

namespace zhenhui::testing {
namespace {

using reporting::DistrictYear;
using reporting::RankWithheld;
using reporting::report::MetricStanding;
using reporting::report::Rank;

MetricStanding StandingIn(const DistrictYear& year, std::string_view metric) {
  return reporting::report::StandingOf(year, reporting::FindMetric(year, metric).value());
}

TEST(StandingTest, EqualFiguresShareARankAndTheNextIsSkipped) {
  DistrictYear year = InventedYear();
  SetFigure(&year, 0, "law_lectures", Value(9));
  SetFigure(&year, 1, "law_lectures", Value(4));
  SetFigure(&year, 2, "law_lectures", Value(9));
  const MetricStanding standing = StandingIn(year, "law_lectures");
  EXPECT_EQ(standing.towns[0].rank, (Rank{1, true}));
  EXPECT_EQ(standing.towns[1].rank, (Rank{3, false}));
  EXPECT_EQ(standing.towns[2].rank, (Rank{1, true}));
  EXPECT_EQ(standing.total.value, 22);
  EXPECT_EQ(standing.median, "9.00");
  EXPECT_EQ(standing.ranked, 3);
  EXPECT_EQ(standing.towns[1].share_percent, "18.18");
}

struct WithheldCase {
  reporting::Figure figure;
  RankWithheld why;
};

TEST(StandingTest, RankIsWithheldAndTheReasonSaid) {
  reporting::Figure unconfirmed = Value(99);
  unconfirmed.unconfirmed_months = 1;
  for (const WithheldCase& each : {WithheldCase{NotReported(), RankWithheld::kNotReported},
                                   WithheldCase{unconfirmed, RankWithheld::kUnconfirmedMonths},
                                   WithheldCase{reporting::Figure{}, RankWithheld::kNotApplicable}}) {
    DistrictYear year = InventedYear();
    SetFigure(&year, 0, "law_lectures", each.figure);
    SetFigure(&year, 1, "law_lectures", ConfirmedZero());
    SetFigure(&year, 2, "law_lectures", Value(5));
    const MetricStanding standing = StandingIn(year, "law_lectures");
    EXPECT_EQ(standing.towns[0].rank.rank, 0);
    EXPECT_EQ(standing.towns[0].withheld, each.why);
    EXPECT_EQ(standing.towns[2].rank.rank, 1);
    EXPECT_EQ(standing.towns[1].rank.rank, 2) << "a confirmed zero is ranked";
  }
}

TEST(StandingTest, BigTownsDoNotWinPerVillageAndPerResident) {
  DistrictYear year = InventedYear();
  year.towns[0].villages = 100;
  year.towns[1].villages = 10;
  year.towns[2].villages = 0;
  year.towns[0].residents = 50'000;
  year.towns[1].residents = 0;
  year.towns[2].residents = 10'000;
  for (size_t town = 0; town < 3; ++town) SetFigure(&year, town, "law_lectures", Value(town == 0 ? 60 : 30));
  const MetricStanding standing = StandingIn(year, "law_lectures");
  EXPECT_EQ(standing.towns[0].per_village, "0.60");
  EXPECT_EQ(standing.towns[1].per_village, "3.00");
  EXPECT_EQ(standing.towns[2].per_village, "") << "without villages there is nothing to divide by";
  EXPECT_EQ(standing.towns[0].rank_per_village.rank, 2);
  EXPECT_EQ(standing.towns[1].rank_per_village.rank, 1);
  EXPECT_EQ(standing.towns[0].per_10000_residents, "12.00");
  EXPECT_EQ(standing.towns[1].per_10000_residents, "");
  EXPECT_EQ(standing.towns[2].rank_per_10000_residents.rank, 1);
}

TEST(StandingTest, RatiosAreComparedExactlyAndNotNormalised) {
  DistrictYear year = InventedYear();
  SetFigure(&year, 0, "mediation_success_rate", Value(1, 3));
  SetFigure(&year, 1, "mediation_success_rate", Value(333'333'333, 1'000'000'000));
  SetFigure(&year, 2, "mediation_success_rate", Value(2, 6));
  const MetricStanding standing = StandingIn(year, "mediation_success_rate");
  EXPECT_EQ(standing.towns[0].rank, (Rank{1, true}));
  EXPECT_EQ(standing.towns[1].rank, (Rank{3, false})) << "both print 33.33, and are not equal";
  EXPECT_EQ(standing.towns[2].rank, (Rank{1, true}));
  EXPECT_EQ(standing.towns[0].per_village, "");
  EXPECT_EQ(standing.towns[0].share_percent, "");
}

TEST(StandingTest, CoverageOfACountOfVillagesIsOverAllVillages) {
  DistrictYear year = InventedYear();
  for (size_t town = 0; town < 3; ++town) {
    year.towns[town].villages = 10;
    SetFigure(&year, town, "counsel_villages_covered", Value(8));
  }
  EXPECT_EQ(StandingIn(year, "counsel_villages_covered").coverage_percent, "80.00");
  EXPECT_EQ(StandingIn(year, "law_lectures").coverage_percent, "");
}

TEST(StandingTest, EvenTownsHaveAGiniOfZero) {
  DistrictYear year = InventedYear();
  for (size_t town = 0; town < 3; ++town) SetFigure(&year, town, "law_lectures", Value(7));
  EXPECT_EQ(StandingIn(year, "law_lectures").gini, "0.0000");
  for (size_t town = 0; town < 3; ++town) SetFigure(&year, town, "law_lectures", NotReported());
  EXPECT_EQ(StandingIn(year, "law_lectures").gini, "");
}

}  // namespace
}  // namespace zhenhui::testing
