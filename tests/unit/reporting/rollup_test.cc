#include "services/reporting/domain/rollup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <tuple>

#include "services/reporting/domain/comparison.h"
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
      {"lectures",
       {Date(2024, 1, 2), Date(2024, 3, 31)},
       {},
       GroupBy::kRosterEntry,
       "PERIOD_NOT_WHOLE_MONTHS"},
      {"lectures", kRollupQuarter, Bucket::kDay, GroupBy::kRosterEntry, "PERIOD_NOT_WHOLE_MONTHS"},
      {"audience", kRollupQuarter, {}, GroupBy::kRosterEntry, "ROSTER_NEEDS_OCCURRENCES"},
      {"counsels", kRollupQuarter, {}, GroupBy::kRosterEntry, "ROSTER_NEEDS_OCCURRENCES"},
      {"audience", {kRollupQuarter.end, kRollupQuarter.begin}, {}, GroupBy::kScope, "PERIOD_EMPTY"},
      {"audience", {Date(2010, 1, 1), Date(2024, 1, 1)}, {}, GroupBy::kScope, "PERIOD_TOO_LONG"},
  };
  for (const auto& c : cases) {
    EXPECT_THAT(Refusal(c.metric, c.period, c.bucket, c.group_by), HasReason(c.reason)) << c.reason;
  }
}

TEST_F(RollupTest, LastYearIsWhatAComparisonSaysOfEveryMetric) {
  const Period year{Date(2024, 1, 1), Date(2024, 12, 31)};
  std::vector<Facts> records = testing::ConfirmedMonths(Date(2023, 1, 1), Date(2024, 12, 1));
  for (const auto& [date, cases, success] :
       {std::tuple(Date(2023, 3, 4), 7, 3), std::tuple(Date(2024, 3, 4), 9, 8),
        std::tuple(Date(2024, 5, 1), 2, 2)})
    records.push_back(small_.Activity("mediation", date, "", {{"cases", cases}, {"success", success}}));
  records.push_back(small_.Counsel({"630106101201"}, {Date(2023, 6, 1), {}}));
  towns_.push_back(small_.Town("630106103", records));
  std::vector<const MetricPlan*> metrics;
  for (const MetricPlan& plan : small_.plans->all()) metrics.push_back(&plan);
  const auto rows =
      Rollup(small_.vocabulary, {metrics, year, {}, GroupBy::kTownship, true}, towns_, kRollupToday);
  const auto compared =
      Compare(small_.vocabulary, {metrics, year, Normalisation::kNone}, towns_, kRollupToday);
  ASSERT_THAT(rows, IsOk());
  ASSERT_THAT(compared, IsOk());
  ASSERT_EQ(rows->size(), towns_.size() * metrics.size());
  size_t changes = 0;
  for (size_t i = 0; i < rows->size(); ++i) {
    const TownFigure& town = (*compared)[i % metrics.size()].towns[i / metrics.size()];
    EXPECT_EQ((*rows)[i].last_year, town.last_year);
    EXPECT_EQ((*rows)[i].change_percent.Text(), town.change_percent.Text());
    changes += !town.change_percent.empty();
  }
  EXPECT_GE(changes, 5u);
}

TEST_F(RollupTest, EachBucketHasItsOwnYearBefore) {
  std::vector<Facts> records = {small_.Village("630106104201")};
  for (const Date date : {Date(2024, 1, 31), Date(2024, 2, 29), Date(2025, 1, 3), Date(2025, 2, 28)})
    records.push_back(small_.Activity("lecture", date, "630106104201", {{"attendances", date.day()}}));
  const std::vector<TownView> towns = {small_.Town("630106104", records)};
  const Period spring{Date(2025, 1, 1), Date(2025, 3, 31)};
  for (const GroupBy by : {GroupBy::kScope, GroupBy::kTownship, GroupBy::kVillage}) {
    const auto rows = Rollup(small_.vocabulary, {{small_.Plan("audience")}, spring, Bucket::kMonth, by, true},
                             towns, Date(2025, 6, 15));
    ASSERT_THAT(rows, IsOk());
    std::vector<std::string> texts;
    for (const RollupRow& row : *rows) {
      if (by == GroupBy::kVillage && row.member.empty()) continue;
      texts.push_back(PrintFigure(*row.metric, row.figure) + "/" + PrintFigure(*row.metric, *row.last_year) +
                      "/" + row.change_percent.Text());
    }
    EXPECT_THAT(texts, ElementsAre("3/31/-90.32", "28/29/-3.45", "//"));
  }
}

TEST_F(RollupTest, WithoutTheWishThereIsNoLastYear) {
  const auto rows =
      Rollup(small_.vocabulary, {{small_.Plan("audience")}, kRollupQuarter, {}, {}}, towns_, kRollupToday);
  ASSERT_THAT(rows, IsOk());
  EXPECT_EQ(rows->front().last_year, std::nullopt);
  EXPECT_EQ(rows->front().change_percent.Text(), "");
}

TEST_F(RollupTest, ByRosterEntryWhoeverStoodOrDidSomethingHasARow) {
  const auto lecture = [&](Date date, std::vector<std::string> entries) {
    ActivityFacts facts = small_.Activity("lecture", date, "", {});
    for (const std::string& entry : entries) facts.roster_entries.push_back(small_.Member(entry));
    return facts;
  };
  std::vector<Facts> records = testing::ConfirmedMonths(Date(2024, 1, 1), Date(2024, 1, 1));
  records.push_back(lecture(Date(2024, 2, 1), {"lc-1", "lc-2"}));
  records.push_back(lecture(Date(2024, 3, 1), {"lc-2", "gone"}));
  records.push_back(lecture(Date(2023, 3, 1), {"lc-old"}));
  const std::vector<TownView> towns = {small_.Town("630106105", records)};
  const std::vector<TownRoster> rosters = {{{"lc-old", "前任律师", {{}, Date(2023, 12, 31)}},
                                            {"lc-1", "示例律师1", {}},
                                            {"lc-2", "示例律师2", {Date(2024, 3, 1), {}}},
                                            {"lc-3", "示例律师3", {}},
                                            {"lc-4", "将来的律师", {Date(2024, 4, 1), {}}}}};
  const auto rows = Rollup(small_.vocabulary,
                           {{small_.Plan("lectures")}, kRollupQuarter, Bucket::kMonth, GroupBy::kRosterEntry},
                           towns, kRollupToday, rosters);
  ASSERT_THAT(rows, IsOk());
  std::map<std::string, std::string> seen;  // per entry: a letter for each month, or its value
  for (const RollupRow& row : *rows) {
    const char* states[] = {"", "", "0", "?", "-"};
    EXPECT_EQ(row.township, "630106105");
    seen[row.member + " " + row.display_name_zh] += row.figure.state == FigureState::kValue
                                                        ? std::to_string(row.figure.value)
                                                        : states[static_cast<int>(row.figure.state)];
  }
  // January is confirmed; lc-2 stood from March on, and what it did before still counts.
  EXPECT_EQ(seen, (std::map<std::string, std::string>{{"gone gone", "0?1"},
                                                      {"lc-1 示例律师1", "01?"},
                                                      {"lc-2 示例律师2", "-11"},
                                                      {"lc-3 示例律师3", "0??"}}));
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
