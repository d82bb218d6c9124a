// What differs between two states of a town's year, and which records made it so.
#include <gmock/gmock.h>

#include "services/reporting/domain/year_end/changes.h"
#include "services/reporting/domain/year_end/record_changes.h"
#include "services/reporting/domain/year_end/restatement.h"
#include "tests/testing/matchers.h"
#include "tests/unit/reporting/year_end/samples.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOkAndHolds;

class ChangesTest : public ::testing::Test {
 protected:
  static Figure Value(int64_t value) { return {FigureState::kValue, value, 0, 0}; }
  YearFigures& Row(DistrictYear& year, const char* metric) {
    return year.towns[0].figures[*FindMetric(year, metric)];
  }
  std::vector<std::string> Describe(const DistrictYear& after, size_t most = 20) const {
    return DescribeChanges(after, FiguresOfTown(year_, 0), FiguresOfTown(after, 0), most);
  }

  SampleDistrict sample_;
  const DistrictYear year_ = sample_.Build();
};

TEST_F(ChangesTest, WhatWasSignedIsReadBack) {
  EXPECT_THAT(ParseTownYearText(TownYearText(year_, 0)), IsOkAndHolds(FiguresOfTown(year_, 0)));
  EXPECT_THAT(ParseTownYearText("zhenhui-town-year 1\nyear x"), HasReason("CERTIFICATE_INVALID"));
}

TEST_F(ChangesTest, AChangeIsToldByTheYearOrElseByItsPeriods) {
  DistrictYear after = year_;
  EXPECT_THAT(Describe(after), IsEmpty());
  Row(after, "lectures")[0] = Value(3);
  Row(after, "lectures")[1] = Value(2);
  EXPECT_THAT(Describe(after), ElementsAre("lectures: 2 -> 3"));
  after = year_;
  Row(after, "fines")[3] = Value(123'451);
  EXPECT_THAT(Describe(after), ElementsAre("fines 2024-Q3: 1234.50 -> 1234.51"));
  Row(after, "cases")[5] = {FigureState::kNotReported, 0, 0, 1};
  EXPECT_THAT(Describe(after), ElementsAre("cases 2024-01: 0 -> 未报", "fines 2024-Q3: 1234.50 -> 1234.51"));
  EXPECT_EQ(Describe(after, 1).size(), 1u);
  after = year_;
  Row(after, "cases")[0].unconfirmed_months = 1;
  EXPECT_THAT(Describe(after), ElementsAre("cases: unconfirmed months 0 -> 1"));
}

TEST_F(ChangesTest, PlacesAndDefinitionsAreToldToo) {
  DistrictYear after = year_;
  ++after.towns[0].villages;
  ++after.towns[0].residents;
  ++after.metrics[0].version;
  after.metrics.pop_back();
  after.towns[0].figures.pop_back();
  EXPECT_THAT(Describe(after), ElementsAre("villages: 1 -> 2", "residents: 20000 -> 20001",
                                           "audience: version 1 -> 2", "villages: no longer"));
  // A new definition is no late change.
  EXPECT_THAT(ChangedFigures(FiguresOfTown(year_, 0), FiguresOfTown(after, 0)), IsEmpty());
}

TEST_F(ChangesTest, ARestatementIsReadBackAndApplied) {
  DistrictYear after = year_;
  Row(after, "lectures")[0] = Value(3);
  Row(after, "rate")[0] = {FigureState::kValue, 5, 8, 0};
  Restatement restatement;
  restatement.from.revisions = {4, 5};
  restatement.to.revisions = {9, 5};
  restatement.figures = ChangedFigures(FiguresOfTown(year_, 0), FiguresOfTown(after, 0));
  restatement.records = {
      {"townships/630106101/activities/x", Feed::kActivities, 7, "补录 一条", "clerk", ""}};
  ASSERT_EQ(restatement.figures.size(), 2u);
  EXPECT_THAT(ParseRestatement(RestatementText(restatement)), IsOkAndHolds(restatement));
  TownFigures figures = FiguresOfTown(year_, 0);
  ApplyRestatement(restatement, figures);
  EXPECT_EQ(figures, FiguresOfTown(after, 0));
  EXPECT_THAT(ParseRestatement("zhenhui-restatement 1\nfrom 1 2\nto 3 x\n"),
              HasReason("CERTIFICATE_INVALID"));
}

TEST_F(ChangesTest, ATownThatCameLaterChangesFromNotApplicableOnce) {
  DistrictYear year = year_;
  Row(year, "audience")[0] = {FigureState::kNotReported, 0, 0, 3};
  TownFigures figures = FiguresOfAbsentTown(year);
  const TownFigures now = FiguresOfTown(year, 0);
  Restatement restatement;
  restatement.figures = ChangedFigures(figures, now);
  ASSERT_FALSE(restatement.figures.empty());
  for (const FigureChange& change : restatement.figures) {
    EXPECT_EQ(change.before.state, FigureState::kNotApplicable);
    EXPECT_TRUE(change.after.has_value()) << change.metric << ": what has no value still is no change";
  }
  ApplyRestatement(restatement, figures);
  EXPECT_THAT(ChangedFigures(figures, now), IsEmpty());
}

TEST_F(ChangesTest, ARecordMovesAFigureIfItsSumsDiffer) {
  auto& small = sample_.small;
  const Facts none;
  const Facts march = small.Activity("mediation", Date(2024, 3, 5), "", {{"cases", 4}, {"success", 2}});
  const Facts other_day = small.Activity("mediation", Date(2024, 3, 6), "", {{"cases", 4}, {"success", 2}});
  const Facts april = small.Activity("mediation", Date(2024, 4, 5), "", {{"cases", 4}, {"success", 2}});
  const Facts more = small.Activity("mediation", Date(2024, 3, 5), "", {{"cases", 5}, {"success", 2}});
  const Facts said_zero = small.Activity("mediation", Date(2024, 3, 5), "", {{"cases", 0}, {"success", 0}});
  const Facts next_year = small.Activity("mediation", Date(2025, 3, 5), "", {{"cases", 4}, {"success", 2}});
  ActivityFacts gone = std::get<ActivityFacts>(march);
  gone.active = false;
  const Facts deleted = gone;
  const Facts counsel_101 = small.Counsel({"101"}, {Date(2024, 1, 1), {}});
  const Facts counsel_102 = small.Counsel({"102"}, {Date(2024, 1, 1), {}});
  const Facts counsel_2025 = small.Counsel({"101"}, {Date(2025, 1, 1), {}});
  const Facts confirmed = MonthConfirmed{Date(2024, 3, 1)};
  const Facts town = TownshipFacts{"镇", 1, {}};
  const Facts renamed = TownshipFacts{"新镇", 1, {}};
  const Facts founded = TownshipFacts{"镇", 1, {Date(2024, 7, 1), {}}};
  const struct {
    const char* what;
    const char* metric;
    int period;
    const Facts& before;
    const Facts& after;
    bool moves;
  } kCases[] = {
      {"new", "cases", 0, none, march, true},
      {"deleted", "cases", 0, march, deleted, true},
      {"more", "cases", 0, march, more, true},
      {"more cases, not more success", "success", 0, march, more, false},
      {"a ratio by its denominator", "rate", 0, march, more, true},
      {"another day of the month", "cases", 7, march, other_day, false},
      {"another month, seen by the year", "cases", 0, march, april, false},
      {"another month, seen by the month", "cases", 7, march, april, true},
      {"another year", "cases", 0, none, next_year, false},
      {"moved into the next year", "cases", 0, march, next_year, true},
      {"a zero that is said", "cases", 7, none, said_zero, true},
      {"another kind", "lectures", 0, none, march, false},
      {"a counsel", "counsels", 0, none, counsel_101, true},
      {"a counsel of another village", "counsels", 0, counsel_101, counsel_102, false},
      {"a counsel of another village covers another", "covered", 0, counsel_101, counsel_102, true},
      {"a counsel from next year on", "counsels", 0, none, counsel_2025, false},
      {"a month confirmed", "cases", 7, none, confirmed, true},
      {"another month confirmed", "cases", 8, none, confirmed, false},
      {"a town renamed", "cases", 0, town, renamed, false},
      {"a town that did not exist", "cases", 0, town, founded, true},
  };
  for (const auto& one : kCases) {
    EXPECT_EQ(Moves(small.vocabulary, *small.Plan(one.metric), DayRange(YearPeriod(2024, one.period)),
                    one.before, one.after),
              one.moves)
        << one.what;
  }
}

TEST_F(ChangesTest, SeveralRevisionsOfARecordAreOneNetChange) {
  auto& small = sample_.small;
  RecordNets nets(small.vocabulary, {{small.Plan("cases"), DayRange(YearPeriod(2024, 0))}});
  const auto cases = [&](int64_t count) -> Facts {
    return small.Activity("mediation", Date(2024, 3, 5), "", {{"cases", count}});
  };
  const auto about = [](const char* name, int64_t revision) {
    return RecordChange{name, Feed::kActivities, revision, "reason " + std::to_string(revision), "clerk", ""};
  };
  nets.Add(about("b", 1), cases(1), cases(2));
  nets.Add(about("a", 2), Facts(), cases(5));
  nets.Add(about("b", 3), cases(2), cases(3));
  nets.Add(about("there-and-back", 4), cases(1), cases(9));
  nets.Add(about("there-and-back", 5), cases(9), cases(1));
  nets.Add(about("other", 6), Facts(), small.Activity("lecture", Date(2024, 3, 5), "", {}));
  EXPECT_EQ(nets.records().count("other"), 0u) << "what concerns nothing is not kept";
  EXPECT_THAT(nets.Moving(10), ElementsAre(about("a", 2), about("b", 3)));
  EXPECT_THAT(nets.Moving(1), ElementsAre(about("a", 2)));
}

}  // namespace
}  // namespace zhenhui::reporting
