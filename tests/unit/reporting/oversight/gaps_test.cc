#include "services/reporting/domain/oversight/gaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::SmallCatalogue;

const Period kSecondQuarter{Date(2024, 4, 1), Date(2024, 6, 30)};

class GapsTest : public ::testing::Test {
 protected:
  // "type member last_month", in order.
  std::vector<std::string> Gaps(const GapQuery& query, const std::vector<Facts>& records) {
    std::vector<std::string> lines;
    for (const Gap& gap :
         GapsOf(small_.vocabulary, query, small_.Town("630106101", records), audiences_, roster_)) {
      EXPECT_EQ(gap.township, "630106101");
      lines.push_back(absl::StrCat(static_cast<int>(gap.type), " ", gap.member, " ", gap.last_month));
    }
    return lines;
  }
  Facts Lecture(Date date, const std::string& village, const std::vector<std::string>& audiences = {},
                const std::vector<std::string>& entries = {}, const char* kind = "lecture") {
    ActivityFacts facts = small_.Activity(kind, date, village, {}, audiences);
    for (const std::string& entry : entries) facts.roster_entries.push_back(small_.Member(entry));
    return facts;
  }

  SmallCatalogue small_;
  std::vector<AudienceName> audiences_ = {{"students", "学生"}, {"women", "妇女"}};
  std::vector<RosterEntryName> roster_ = {{"lc-1", "示例律师1", {}},
                                          {"lc-2", "示例律师2", {Date(2024, 6, 30), std::nullopt}},
                                          {"lc-3", "示例律师3", {Date(2020, 1, 1), Date(2024, 3, 31)}}};
};

TEST_F(GapsTest, VillagesThatExistedWithoutTheKindAreNamedWithTheirLastMonth) {
  const std::vector<Facts> records = {
      small_.Village("101"),
      small_.Village("102"),
      small_.Village("103"),
      small_.Village("104", {Date(2024, 7, 1), std::nullopt}),
      small_.Village("105", {std::nullopt, Date(2024, 4, 1)}),
      Lecture(Date(2024, 4, 1), "101"),
      Lecture(Date(2023, 11, 30), "102"),
      Lecture(Date(2024, 2, 1), "102"),
      Lecture(Date(2024, 7, 1), "102"),
      Lecture(Date(2024, 5, 5), "103", {}, {}, "mediation"),
      Lecture(Date(2024, 5, 5), ""),
  };
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kVillage}, "lecture"}, records),
              ElementsAre("1 102 2024-02", "1 103 ", "1 105 "));
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kVillage}, ""}, records),
              ElementsAre("1 102 2024-02", "1 105 "));
}

TEST_F(GapsTest, AudiencesThatNothingReached) {
  const std::vector<Facts> records = {Lecture(Date(2024, 4, 1), "", {"students"}),
                                      Lecture(Date(2024, 3, 31), "", {"women"})};
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kAudience}, ""}, records), ElementsAre("2 women 2024-03"));
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kAudience}, "mediation"}, records),
              ElementsAre("2 students ", "2 women "));
}

TEST_F(GapsTest, RosterEntriesThatStoodAndTookPartInNothing) {
  const std::vector<Facts> records = {Lecture(Date(2024, 1, 5), "", {}, {"lc-1", "lc-3"}),
                                      Lecture(Date(2024, 5, 5), "", {}, {"lc-2"})};
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kRosterEntry}, ""}, records), ElementsAre("3 lc-1 2024-01"));
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kRosterEntry}, "mediation"}, records),
              ElementsAre("3 lc-1 ", "3 lc-2 "));
}

TEST_F(GapsTest, VillagesWithoutACounselOnTheLastDay) {
  const std::vector<Facts> records = {
      small_.Village("101"),
      small_.Village("102"),
      small_.Village("103"),
      small_.Village("104"),
      small_.Counsel({"101"}, {Date(2024, 6, 30), std::nullopt}),
      small_.Counsel({"102"}, {Date(2023, 1, 1), Date(2024, 1, 15)}),
      small_.Counsel({"102"}, {Date(2023, 6, 1), Date(2023, 6, 30)}),
      small_.Counsel({"103"}, {Date(2024, 1, 1), Date(2024, 6, 29)}),
  };
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kNoCounsel}, ""}, records),
              ElementsAre("4 102 2024-01", "4 103 2024-03", "4 104 "));
}

TEST_F(GapsTest, WithoutAFilterAllSortsComeInOrder) {
  EXPECT_THAT(Gaps({kSecondQuarter, {}, ""}, {small_.Village("101")}),
              ElementsAre("1 101 ", "2 students ", "2 women ", "3 lc-1 ", "3 lc-2 ", "4 101 "));
  EXPECT_THAT(Gaps({kSecondQuarter, {GapType::kVillage}, ""}, {}), IsEmpty());
}

TEST_F(GapsTest, EvennessIsOverTheVillagesOfTheLastDay) {
  const GapQuery query{kSecondQuarter, {}, "lecture"};
  const auto evenness = [&](const std::vector<Facts>& records) {
    return EvennessOf(small_.vocabulary, query, small_.Town("630106101", records));
  };
  const Facts gone = small_.Village("109", {std::nullopt, Date(2024, 6, 29)});
  const VillageEvenness two = evenness({small_.Village("101"), small_.Village("102"), gone,
                                        Lecture(Date(2024, 4, 1), "101"), Lecture(Date(2024, 4, 2), "109")});
  EXPECT_EQ(two.gini_ten_thousandths, 5000);
  EXPECT_EQ(two.reached, 1);
  EXPECT_EQ(two.villages, 2);
  const VillageEvenness even =
      evenness({small_.Village("101"), small_.Village("102"), Lecture(Date(2024, 4, 1), "101"),
                Lecture(Date(2024, 6, 30), "102")});
  EXPECT_EQ(even.gini_ten_thousandths, 0);
  EXPECT_EQ(even.reached, 2);
  EXPECT_EQ(evenness({small_.Village("101"), small_.Village("102")}).gini_ten_thousandths, std::nullopt);
  EXPECT_EQ(evenness({small_.Village("101"), Lecture(Date(2024, 4, 1), "101")}).gini_ten_thousandths,
            std::nullopt);
}

}  // namespace
}  // namespace zhenhui::reporting
