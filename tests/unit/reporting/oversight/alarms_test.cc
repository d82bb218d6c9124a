#include "services/reporting/domain/oversight/alarms.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/reporting/catalogue/shipped_metrics.h"
#include "services/reporting/upkeep/catalogue.h"
#include "tests/testing/matchers.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SmallCatalogue;
using zhenhui::testing::IsOk;

const Date kNextYear(2025, 2, 1);

class AlarmsTest : public ::testing::Test {
 protected:
  std::vector<Alarm> Alarms(const std::vector<Facts>& records, std::set<AlarmType> types,
                            Date today = kNextYear) {
    const auto alarms =
        AlarmsOf(small_.vocabulary, *small_.plans, small_.Town("630106101", records), 2024, today, types);
    EXPECT_THAT(alarms, IsOk());
    return *alarms;
  }
  std::vector<std::string> Ids(const std::vector<Facts>& records, std::set<AlarmType> types,
                               Date today = kNextYear) {
    std::vector<std::string> ids;
    for (const Alarm& alarm : Alarms(records, types, today)) ids.push_back(alarm.id);
    return ids;
  }
  Facts Lectures(Date date, int64_t occurrences) {
    return small_.Activity("lecture", date, "", {{"occurrences", occurrences}});
  }
  Facts Cases(Date date, const std::string& village, int64_t cases, int64_t success = 0) {
    return small_.Activity("mediation", date, village, {{"cases", cases}, {"success", success}});
  }

  SmallCatalogue small_;
};

TEST_F(AlarmsTest, AJumpIsMoreThanThirtyPercentUpOrDown) {
  const struct {
    const char* what;
    int64_t then, now;
    bool alarm;
  } kCases[] = {
      {"exactly 30% up", 100, 130, false},
      {"a little more", 100, 131, true},
      {"exactly 30% down", 100, 70, false},
      {"a little more down", 100, 69, true},
      {"the same", 7, 7, false},
      {"from one to two", 1, 2, true},
      {"no base", 0, 50, false},
  };
  for (const auto& c : kCases) {
    std::vector<Facts> records = {Lectures(Date(2024, 5, 1), c.now)};
    if (c.then > 0) records.push_back(Lectures(Date(2023, 5, 1), c.then));
    EXPECT_EQ(Ids(records, {AlarmType::kJump}).size(), c.alarm ? 1u : 0u) << c.what;
  }
}

TEST_F(AlarmsTest, InARunningYearTheSameMonthsAreCompared) {
  const std::vector<Facts> records = {Lectures(Date(2023, 3, 31), 10), Lectures(Date(2023, 4, 1), 90),
                                      Lectures(Date(2024, 3, 31), 10), Lectures(Date(2024, 4, 10), 1)};
  EXPECT_THAT(Ids(records, {AlarmType::kJump}, Date(2024, 4, 20)), IsEmpty());
  EXPECT_THAT(Ids(records, {AlarmType::kJump}, Date(2024, 5, 1)), ElementsAre("2024.jump.lectures"));
  EXPECT_THAT(Ids(records, {}, Date(2024, 1, 31)), IsEmpty());
  EXPECT_THAT(Ids(records, {}, Date(2023, 12, 31)), IsEmpty());
}

TEST_F(AlarmsTest, RatiosJumpAsFractions) {
  // 50% against 75%: the fraction fell by a third, whatever the numbers of cases.
  const auto alarms = Alarms({Cases(Date(2023, 5, 1), "", 100, 75), Cases(Date(2024, 5, 1), "", 110, 55)},
                             {AlarmType::kJump});
  ASSERT_EQ(alarms.size(), 2u);  // the failed ones have more than doubled
  EXPECT_EQ(alarms[0].id, "2024.jump.failed");
  EXPECT_EQ(alarms[1].id, "2024.jump.rate");
  EXPECT_EQ(MessageZh(alarms[1]), "rate2024年为50.00%，上年同期为75.00%，下降33.33%，超过30%，请说明原因");
}

TEST_F(AlarmsTest, OneVillageHasMoreThanHalfOfTheCases) {
  const std::vector<Facts> villages = {small_.Village("101"), small_.Village("102")};
  const struct {
    const char* what;
    std::vector<Facts> cases;
    std::vector<std::string> ids;
  } kCases[] = {
      {"half is not more than half",
       {Cases(Date(2024, 5, 1), "101", 2), Cases(Date(2024, 6, 1), "102", 2)},
       {}},
      {"more than half",
       {Cases(Date(2024, 5, 1), "101", 3), Cases(Date(2024, 6, 1), "102", 2)},
       {"2024.one_village.cases"}},
      {"fewer than four cases", {Cases(Date(2024, 5, 1), "101", 3)}, {}},
      {"the town itself is no village",
       {Cases(Date(2024, 5, 1), "", 9), Cases(Date(2024, 5, 1), "101", 1)},
       {}},
      {"another year", {Cases(Date(2023, 5, 1), "101", 9)}, {}},
  };
  for (const auto& c : kCases) {
    std::vector<Facts> records = villages;
    records.insert(records.end(), c.cases.begin(), c.cases.end());
    EXPECT_EQ(Ids(records, {AlarmType::kOneVillage}), c.ids) << c.what;
  }
  std::vector<Facts> records = {small_.Village("101"), Cases(Date(2024, 5, 1), "101", 9)};
  EXPECT_THAT(Ids(records, {AlarmType::kOneVillage}), IsEmpty()) << "a town of one village";
  records.push_back(small_.Village("102"));
  const auto alarms = Alarms(records, {AlarmType::kOneVillage});
  ASSERT_EQ(alarms.size(), 1u);
  EXPECT_EQ(alarms[0].village, "101");
  EXPECT_EQ(MessageZh(alarms[0]), "cases2024年共9件，其中示例村1019件，超过半数");
}

TEST_F(AlarmsTest, TheSameFigureInThreeMonthsOnEnd) {
  const auto months = [&](const std::vector<int64_t>& values) {
    std::vector<Facts> records;
    for (size_t i = 0; i < values.size(); ++i) {
      if (values[i] > 0) records.push_back(Lectures(Date(2024, static_cast<int>(i) + 1, 9), values[i]));
    }
    return records;
  };
  const struct {
    const char* what;
    std::vector<int64_t> values;
    const char* run;  // first and last month; empty: no alarm
  } kCases[] = {
      {"two are no run", {4, 4, 5, 5, 4, 4}, ""},
      {"three are", {4, 4, 4, 1}, "2024-01 2024-03"},
      {"zeros are not", {0, 0, 0, 0, 1}, ""},
      {"a gap ends a run", {4, 4, 0, 4, 4}, ""},
      {"the longest run", {4, 4, 4, 0, 2, 2, 2, 2, 1}, "2024-05 2024-08"},
      {"the later of two", {4, 4, 4, 0, 2, 2, 2, 1}, "2024-05 2024-07"},
      {"up to the end", {1, 2, 1, 2, 1, 2, 1, 2, 1, 9, 9, 9}, "2024-10 2024-12"},
  };
  for (const auto& c : kCases) {
    std::string run;
    for (const Alarm& alarm : Alarms(months(c.values), {AlarmType::kSameEveryMonth})) {
      run = FormatDate(alarm.period.begin).substr(0, 7) + " " + FormatDate(alarm.period.end).substr(0, 7);
      EXPECT_EQ(alarm.figure.value, alarm.other.value * alarm.months) << c.what;
    }
    EXPECT_EQ(run, c.run) << c.what;
  }
  const auto alarms = Alarms(months({4, 4, 4}), {AlarmType::kSameEveryMonth});
  ASSERT_EQ(alarms.size(), 1u);
  EXPECT_EQ(MessageZh(alarms[0]), "lectures2024年1—3月连续3个月均为4件，请核实");
  EXPECT_EQ(MessageEn(alarms[0]),
            "lectures in 2024-01 to 2024-03: 4 pieces in each of 3 months on end; check it");
}

// On the real catalogue, whose bounds are the ones that matter.
TEST(AlarmsOfTheCatalogueTest, APartIsNotGreaterThanItsWhole) {
  Vocabulary vocabulary;
  const auto catalogue = Catalogue::Load(std::string(ShippedMetrics()), vocabulary);
  ASSERT_THAT(catalogue, IsOk());
  const auto alarms = [&](int64_t cases, int64_t success) {
    ActivityFacts facts;
    facts.date = Date(2024, 5, 1);
    AddMeasure(vocabulary, "mediation", "cases", cases, facts);
    AddMeasure(vocabulary, "mediation", "success", success, facts);
    CompleteMeasures(vocabulary, "mediation", facts);
    TownBuilder builder(vocabulary);
    builder.Add(facts);
    const TownView town{"630106101", builder.Build()};
    std::vector<std::string> ids;
    const auto found =
        AlarmsOf(vocabulary, (*catalogue)->plans(), town, 2024, kNextYear, {AlarmType::kPartAndWhole});
    EXPECT_THAT(found, IsOk());
    for (const Alarm& alarm : *found) {
      EXPECT_EQ(alarm.whole->metric->code, "mediation_cases");
      EXPECT_THAT(MessageZh(alarm), ::testing::HasSubstr("部分大于总数"));
      EXPECT_THAT(MessageEn(alarm), ::testing::HasSubstr("which it is a part of"));
      ids.push_back(alarm.id);
    }
    return ids;
  };
  EXPECT_THAT(alarms(5, 5), IsEmpty());
  EXPECT_THAT(alarms(5, 6), ElementsAre("2024.part_and_whole.mediation_success.mediation_cases"));
}

TEST_F(AlarmsTest, AnExplanationHoldsAsLongAsTheFigures) {
  const std::vector<Facts> records = {Lectures(Date(2023, 5, 1), 10), Lectures(Date(2024, 5, 1), 20)};
  std::vector<Facts> more = records;
  more.push_back(Lectures(Date(2024, 6, 1), 1));
  std::vector<Facts> other_base = records;
  other_base.push_back(Lectures(Date(2023, 6, 1), 1));
  const auto fingerprint = [&](const std::vector<Facts>& of) {
    return FingerprintOf(Alarms(of, {AlarmType::kJump}).at(0));
  };
  EXPECT_EQ(fingerprint(records), fingerprint(records));
  EXPECT_NE(fingerprint(records), fingerprint(more));
  EXPECT_NE(fingerprint(records), fingerprint(other_base));
}

}  // namespace
}  // namespace zhenhui::reporting
