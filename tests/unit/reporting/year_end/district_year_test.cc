#include "services/reporting/domain/year_end/district_year.h"

#include <gmock/gmock.h>

#include <functional>

#include "common/digest/sha256.h"
#include "services/reporting/domain/rollup.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/year_end/samples.h"

namespace zhenhui::reporting {
namespace {

using ::testing::HasSubstr;
using zhenhui::testing::HasReason;

TEST(YearPeriodTest, SeventeenPeriodsHaveDaysAndNames) {
  const struct {
    int index;
    const char* name;
    Period period;
  } kCases[] = {
      {0, "2024", {Date(2024, 1, 1), Date(2024, 12, 31)}},
      {1, "2024-Q1", {Date(2024, 1, 1), Date(2024, 3, 31)}},
      {4, "2024-Q4", {Date(2024, 10, 1), Date(2024, 12, 31)}},
      {5, "2024-01", {Date(2024, 1, 1), Date(2024, 1, 31)}},
      {6, "2024-02", {Date(2024, 2, 1), Date(2024, 2, 29)}},
      {16, "2024-12", {Date(2024, 12, 1), Date(2024, 12, 31)}},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(YearPeriodName(2024, one.index), one.name);
    EXPECT_EQ(YearPeriod(2024, one.index), one.period) << one.name;
    EXPECT_EQ(YearPeriodIndex(2024, one.name), one.index);
  }
  for (const char* none : {"2023", "2024-Q5", "2024-13", "", "2024-1"})
    EXPECT_FALSE(YearPeriodIndex(2024, none).has_value()) << none;
}

TEST(DistrictYearTest, EachFigureIsThatOfARollup) {
  const SampleDistrict sample;
  const DistrictYear year = sample.Build();
  ASSERT_EQ(year.metrics.size(), sample.small.plans->all().size());
  for (const TownYear& town : year.towns) {
    const TownView& view = sample.towns[*FindTown(year, town.code)];
    for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
      for (int period = 0; period < kYearPeriods; ++period) {
        const auto rows = Rollup(sample.small.vocabulary,
                                 {{sample.small.Plan(year.metrics[metric].code)},
                                  YearPeriod(2024, period),
                                  {},
                                  GroupBy::kTownship},
                                 {&view, 1}, Date(2024, 12, 31));
        ASSERT_TRUE(rows.ok());
        const Figure& figure = town.figures[metric][static_cast<size_t>(period)];
        EXPECT_EQ(figure, rows->front().figure)
            << year.metrics[metric].code << " " << YearPeriodName(2024, period);
        EXPECT_EQ(PrintYearFigure(year.metrics[metric], figure), PrintFigure(*rows->front().metric, figure));
      }
    }
  }
}

TEST(DistrictYearTest, TotalsAreTheTownsTogether) {
  const SampleDistrict sample;
  const DistrictYear year = sample.Build();
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    const auto rows =
        Rollup(sample.small.vocabulary,
               {{sample.small.Plan(year.metrics[metric].code)}, YearPeriod(2024, 0), {}, GroupBy::kScope},
               sample.towns, Date(2024, 12, 31));
    EXPECT_EQ(DistrictTotal(year, metric, 0), rows->front().figure) << year.metrics[metric].code;
  }
}

TEST(DistrictYearTest, TownsThatDidNotExistInTheYearAreLeftOut) {
  SampleDistrict sample;
  sample.towns.push_back(sample.small.Town("630106103", {TownshipFacts{"新镇", 1, {Date(2025, 1, 1), {}}}}));
  EXPECT_EQ(sample.Build().towns.size(), 2u);
}

TEST(DistrictYearTest, TheDigestChangesWithAnyFigureAndWithNothingElse) {
  const SampleDistrict sample;
  const DistrictYear year = sample.Build();
  const std::vector<std::string> digests = TownDigests(year);
  EXPECT_EQ(digests[0], Sha256Hex(TownYearText(year, 0)));
  EXPECT_NE(digests[0], digests[1]);
  DistrictYear other = year;
  other.name_zh = "别名";
  other.towns[0].name_zh = "别名";
  other.towns[0].revisions[Feed::kActivities] += 5;
  EXPECT_EQ(TownDigests(other), digests);
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    for (size_t period = 0; period < kYearPeriods; ++period) {
      for (int part = 0; part < 4; ++part) {
        other = year;
        Figure& figure = other.towns[0].figures[metric][period];
        if (part == 0) ++figure.value;
        if (part == 1) ++figure.denominator;
        if (part == 2) ++figure.unconfirmed_months;
        if (part == 3)
          figure.state =
              figure.state == FigureState::kValue ? FigureState::kNotReported : FigureState::kValue;
        ASSERT_NE(TownDigests(other)[0], digests[0]);
      }
    }
  }
  for (const auto& change : std::vector<std::function<void(DistrictYear&)>>{
           [](DistrictYear& y) { ++y.metrics[0].version; },
           [](DistrictYear& y) { y.metrics[0].formula += " "; },
           [](DistrictYear& y) { y.metrics[0].definition.zh += "。"; },
           [](DistrictYear& y) { ++y.towns[0].villages; }, [](DistrictYear& y) { ++y.towns[0].residents; },
           [](DistrictYear& y) { ++y.year; }}) {
    other = year;
    change(other);
    EXPECT_NE(TownDigests(other)[0], digests[0]);
  }
}

TEST(DistrictYearTest, TheTextThatIsSignedIsAsDocumented) {
  const SampleDistrict sample;
  const std::string text = TownYearText(sample.Build(), 0);
  EXPECT_THAT(text, ::testing::StartsWith(
                        "zhenhui-town-year 1\nyear 2024\ntown 630106101 1 20000\nmetric audience 1 "));
  EXPECT_THAT(text, HasSubstr("\nfigures 630106101 cases 1:7:0:0 2:0:0:0 2:0:0:0 1:7:0:0 2:0:0:0 2:0:0:0"));
  EXPECT_EQ(text.back(), '\n');
}

TEST(DistrictYearTest, ADistrictWhoseSumsDoNotFitIsRefused) {
  SampleDistrict sample;
  for (const char* code : {"630106103", "630106104"}) {
    sample.towns.push_back(sample.small.Town(
        code, {sample.small.Activity("mediation", Date(2024, 1, 1), "", {{"cases", INT64_MAX - 8}})}));
  }
  EXPECT_THAT(
      BuildDistrictYear(sample.small.vocabulary, *sample.small.plans, sample.towns, "630106", "", 2024),
      HasReason("FIGURE_TOO_LARGE"));
}

}  // namespace
}  // namespace zhenhui::reporting
