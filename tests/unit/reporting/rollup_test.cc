#include "services/reporting/domain/rollup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using testing::IsOk;

const Date kRollupToday(2024, 6, 15);
const Period kRollupQuarter{Date(2024, 1, 1), Date(2024, 3, 31)};

class RollupTest : public ::testing::Test {
 protected:
  RollupTest() {
    towns_.push_back(small_.Town(
        "630106101", {small_.Village("630106101201"), small_.Village("630106101202"),
                      small_.Village("630106101203", {std::nullopt, Date(2023, 12, 31)}),
                      small_.Activity("lecture", Date(2024, 1, 31), "630106101201", {{"attendances", 30}},
                                      {"students", "women"}),
                      small_.Activity("lecture", Date(2024, 2, 1), "", {{"attendances", 20}}, {"students"}),
                      small_.Activity("lecture", Date(2023, 2, 1), "630106101203", {{"attendances", 9}})}));
    towns_.push_back(
        small_.Town("630106102", {small_.Activity("lecture", Date(2024, 3, 4), "", {{"attendances", 5}})}));
  }
  // "township/member begin..end value", one for each row; "-" where there is no value.
  std::vector<std::string> Rows(const char* metric, Period period, std::optional<Bucket> bucket,
                                GroupBy group_by) {
    const auto rows =
        Rollup(small_.vocabulary, {{small_.Plan(metric)}, period, bucket, group_by}, towns_, kRollupToday);
    EXPECT_THAT(rows, IsOk());
    std::vector<std::string> texts;
    for (const RollupRow& row : *rows) {
      texts.push_back(row.township + "/" + row.member + " " + FormatDate(row.period.begin).substr(5) + ".." +
                      FormatDate(row.period.end).substr(5) + " " +
                      (row.figure.has_value() ? std::to_string(row.figure.value) : "-"));
    }
    return texts;
  }
  absl::Status Refusal(const char* metric, Period period, std::optional<Bucket> bucket, GroupBy group_by) {
    return Rollup(small_.vocabulary, {{small_.Plan(metric)}, period, bucket, group_by}, towns_, kRollupToday)
        .status();
  }
  testing::SmallCatalogue small_;
  std::vector<TownView> towns_;
};

TEST_F(RollupTest, ByScopeTownshipVillageAndAudience) {
  EXPECT_THAT(Rows("audience", kRollupQuarter, {}, GroupBy::kScope), ElementsAre("/ 01-01..03-31 55"));
  EXPECT_THAT(Rows("audience", kRollupQuarter, {}, GroupBy::kTownship),
              ElementsAre("630106101/ 01-01..03-31 50", "630106102/ 01-01..03-31 5"));
  EXPECT_THAT(Rows("audience", kRollupQuarter, {}, GroupBy::kVillage),
              ElementsAre("630106101/ 01-01..03-31 20", "630106101/630106101201 01-01..03-31 30",
                          "630106101/630106101202 01-01..03-31 -", "630106102/ 01-01..03-31 5"));
  EXPECT_THAT(Rows("audience", kRollupQuarter, {}, GroupBy::kAudience),
              ElementsAre("630106101/students 01-01..03-31 50", "630106101/women 01-01..03-31 30"));
}

TEST_F(RollupTest, BucketsAreCutByThePeriod) {
  EXPECT_THAT(Rows("audience", {Date(2024, 1, 31), Date(2024, 3, 4)}, Bucket::kMonth, GroupBy::kScope),
              ElementsAre("/ 01-31..01-31 30", "/ 02-01..02-29 20", "/ 03-01..03-04 5"));
  EXPECT_THAT(Rows("audience", {Date(2024, 1, 31), Date(2024, 2, 6)}, Bucket::kWeek, GroupBy::kScope),
              ElementsAre("/ 01-31..02-04 50", "/ 02-05..02-06 -"));
  EXPECT_EQ(Rows("audience", kRollupQuarter, Bucket::kDay, GroupBy::kScope).size(), 91);
}

TEST_F(RollupTest, RefusesWhatTheCellsCannotAnswer) {
  const struct {
    const char* metric;
    Period period;
    std::optional<Bucket> bucket;
    GroupBy group_by;
    const char* reason;
  } cases[] = {
      {"audience", {Date(2024, 1, 2), Date(2024, 3, 31)}, {}, GroupBy::kVillage, "PERIOD_NOT_WHOLE_MONTHS"},
      {"audience", {Date(2024, 2, 1), Date(2024, 2, 28)}, {}, GroupBy::kAudience, "PERIOD_NOT_WHOLE_MONTHS"},
      {"audience", kRollupQuarter, Bucket::kWeek, GroupBy::kVillage, "PERIOD_NOT_WHOLE_MONTHS"},
      {"counsels", kRollupQuarter, {}, GroupBy::kAudience, "AUDIENCE_NEEDS_FLOW"},
      {"rate", kRollupQuarter, {}, GroupBy::kAudience, "AUDIENCE_NEEDS_FLOW"},
      {"audience", {kRollupQuarter.end, kRollupQuarter.begin}, {}, GroupBy::kScope, "PERIOD_EMPTY"},
      {"audience", {Date(2010, 1, 1), Date(2024, 1, 1)}, {}, GroupBy::kScope, "PERIOD_TOO_LONG"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Refusal(c.metric, c.period, c.bucket, c.group_by), HasReason(c.reason)) << c.reason;
  }
}

TEST_F(RollupTest, MoreThanTheLimitOfRowsIsRefused) {
  towns_.resize(14, towns_[0]);
  const Period ten_years{Date(2015, 1, 1), Date(2024, 12, 31)};
  EXPECT_THAT(Refusal("audience", ten_years, Bucket::kDay, GroupBy::kTownship),
              HasReason("RESULT_TOO_LARGE"));
  towns_.resize(13);
  EXPECT_THAT(Refusal("audience", ten_years, Bucket::kDay, GroupBy::kTownship), IsOk());
}

}  // namespace
}  // namespace zhenhui::reporting
