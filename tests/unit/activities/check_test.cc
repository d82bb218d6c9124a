#include "services/activities/domain/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/testing/activities/samples.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::kTown;
using testing::kVillage;
using testing::MakeDraft;
using ::testing::UnorderedElementsAre;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOkAndHolds;

constexpr char kClosedVillage[] = "630106101202";

Places MakePlaces() {
  Places places;
  places.township = {Date(2001, 1, 1), Date(2030, 12, 31)};
  places.villages[kVillage] = {Date(2010, 1, 1), std::nullopt};
  places.villages[kClosedVillage] = {std::nullopt, Date(2020, 12, 31)};
  return places;
}

std::vector<std::string> Check(Draft draft, Date today = Date(2024, 6, 30)) {
  const Places places = MakePlaces();
  std::vector<std::string> found;
  for (const FieldViolation& v : CheckActivity(draft, {kTown, testing::Catalogue(), places, today})) {
    EXPECT_FALSE(v.description.empty()) << v.reason;
    found.push_back(v.field + " " + v.reason);
  }
  return found;
}

TEST(CheckActivityTest, EachFaultHasItsFieldAndReason) {
  const struct {
    std::function<void(Draft&)> spoil;
    std::string expected;
  } kCases[] = {
      {[](Draft& d) { d.content.id = ""; }, "name ID_INVALID"},
      {[](Draft& d) { d.content.id = std::string(65, 'a'); }, "name ID_INVALID"},
      {[](Draft& d) { d.content.id = "a/b"; }, "name ID_INVALID"},
      {[](Draft& d) { d.content.id = std::string("a\0b", 3); }, "name ID_INVALID"},
      {[](Draft& d) { d.content.kind = "party"; }, "kind UNKNOWN_KIND"},
      {[](Draft& d) {
         d.content.measures = {{"copies", 1}};
       },
       "measures.copies UNKNOWN_MEASURE"},
      {[](Draft& d) { d.content.kind = "permit", d.content.measures = {}; },
       "measures.cases MISSING_MEASURE"},
      {[](Draft& d) {
         d.content.measures = {{"issues", -1}};
       },
       "measures.issues NEGATIVE_MEASURE"},
      {[](Draft& d) {
         d.content.measures = {{"issues", kMaxMeasure + 1}};
       },
       "measures.issues MEASURE_TOO_LARGE"},
      {[](Draft& d) { d.date_text = "2024-3-5"; }, "date DATE_MALFORMED"},
      {[](Draft& d) { d.date_text = "2024-02-30"; }, "date DATE_MALFORMED"},
      {[](Draft& d) { d.date_text = ""; }, "date DATE_MALFORMED"},
      {[](Draft& d) { d.date_text = "2024-07-01"; }, "date DATE_IN_FUTURE"},
      {[](Draft& d) { d.content.village = "", d.date_text = "2000-12-31"; }, "date DATE_BEFORE_DIVISION"},
      {[](Draft& d) { d.date_text = "2009-12-31"; }, "date DATE_BEFORE_DIVISION"},
      {[](Draft& d) { d.content.village = kClosedVillage, d.date_text = "2021-01-01"; },
       "date DATE_AFTER_DIVISION"},
      {[](Draft& d) { d.content.village = "630106102201"; }, "village VILLAGE_OUTSIDE"},
      {[](Draft& d) { d.content.village = "630106101"; }, "village VILLAGE_OUTSIDE"},
      {[](Draft& d) { d.content.village = "630106101999"; }, "village VILLAGE_NOT_FOUND"},
      {[](Draft& d) { d.content.title = std::string("a\0b", 3); }, "title NUL_BYTE"},
      {[](Draft& d) { d.content.note = "\xff"; }, "note INVALID_UTF8"},
      {[](Draft& d) { d.content.title = std::string(201, 'x'); }, "title TEXT_TOO_LONG"},
      {[](Draft& d) { d.content.note = std::string(2001, 'x'); }, "note TEXT_TOO_LONG"},
      {[](Draft& d) {
         d.content.partners = {"ok", std::string(101, 'x')};
       },
       "partners[1] TEXT_TOO_LONG"},
      {[](Draft& d) { d.content.evidence[0].uri = std::string(501, 'x'); }, "evidence[0].uri TEXT_TOO_LONG"},
      {[](Draft& d) { d.content.evidence[0].description = "\x80"; }, "evidence[0].description INVALID_UTF8"},
      {[](Draft& d) { d.content.audiences = {"martians"}; }, "audiences[0] UNKNOWN_AUDIENCE"},
      {[](Draft& d) {
         d.content.audiences = {"cadres", "cadres"};
       },
       "audiences[1] DUPLICATE_VALUE"},
      {[](Draft& d) {
         d.content.audiences = {"cadres", "党员干部"};
       },
       "audiences[1] DUPLICATE_VALUE"},
      {[](Draft& d) { d.content.roster_entries = {"lc 1"}; }, "roster_entries[0] ID_INVALID"},
      {[](Draft& d) {
         d.content.roster_entries = {"lc-1", "lc-2", "lc-1"};
       },
       "roster_entries[2] DUPLICATE_VALUE"},
      {[](Draft& d) { d.content.channels = {"telepathy"}; }, "channels[0] UNKNOWN_CHANNEL"},
      {[](Draft& d) { d.content.partners = std::vector<std::string>(17, "x"); }, "partners TOO_MANY_VALUES"},
      {[](Draft& d) { d.content.evidence.resize(17); }, "evidence TOO_MANY_VALUES"},
      {[](Draft& d) { d.malformed_field = "title"; }, "title INVALID_UTF8"},
  };
  for (const auto& c : kCases) {
    Draft draft = MakeDraft("a");
    c.spoil(draft);
    EXPECT_THAT(Check(draft), ElementsAre(c.expected));
  }
}

TEST(CheckActivityTest, WordsOfTheCatalogueBecomeCodes) {
  Draft draft = MakeDraft("a");
  draft.content.kind = "法治建设会议";
  draft.content.audiences = {"村民", "党员"};
  draft.content.channels = {"现场", "微信"};
  const Places places = MakePlaces();
  ASSERT_THAT(CheckActivity(draft, {kTown, testing::Catalogue(), places, Date(2024, 6, 30)}), IsEmpty());
  EXPECT_EQ(draft.content.kind, "special_meeting");
  EXPECT_THAT(draft.content.audiences, UnorderedElementsAre("villagers", "cadres"));
  EXPECT_THAT(draft.content.channels, UnorderedElementsAre("on_the_spot", "wechat_forward"));
}

TEST(CheckActivityTest, EdgesThatAreInOrder) {
  const std::function<void(Draft&)> kCases[] = {
      [](Draft&) {},
      [](Draft& d) { d.content.id = std::string(64, 'Z'); },
      [](Draft& d) {
        d.content.measures = {{"issues", kMaxMeasure}};
      },
      [](Draft& d) {
        d.content.measures = {{"issues", 0}};
      },
      [](Draft& d) { d.date_text = "2024-06-30"; },
      [](Draft& d) { d.date_text = "2010-01-01"; },
      [](Draft& d) { d.content.village = "", d.date_text = "2001-01-01"; },
      [](Draft& d) { d.content.village = kClosedVillage, d.date_text = "2020-12-31"; },
      [](Draft& d) {
        d.content.title.clear();
        for (int i = 0; i < 200; ++i) d.content.title += "法";
      },
      [](Draft& d) { d.content.audiences.clear(), d.content.channels.clear(), d.content.evidence.clear(); },
  };
  int index = 0;
  for (const auto& change : kCases) {
    Draft draft = MakeDraft("a");
    change(draft);
    EXPECT_THAT(Check(draft), IsEmpty()) << index;
    ++index;
  }
}

TEST(CheckActivityTest, AllFaultsAreTold) {
  Draft draft = MakeDraft("?");
  draft.content.kind = "party";
  draft.date_text = "soon";
  draft.content.village = "1";
  EXPECT_THAT(Check(draft), ElementsAre("name ID_INVALID", "kind UNKNOWN_KIND", "date DATE_MALFORMED",
                                        "village VILLAGE_OUTSIDE"));
}

TEST(CheckActivityTest, ContradictingMeasuresAreRefused) {
  Draft draft = MakeDraft("a");
  draft.content.kind = "mediation";
  draft.content.measures = {{"cases", 3}, {"success", 4}};
  EXPECT_THAT(Check(draft), ElementsAre(::testing::EndsWith("MEASURES_CONTRADICT")));
}

TEST(CheckActivityTest, TheContentBecomesCanonical) {
  const Places places = MakePlaces();
  Draft draft = MakeDraft("a");
  draft.content.kind = "mediation";
  draft.content.measures = {{"success", 3}, {"cases", 4}};
  ASSERT_THAT(CheckActivity(draft, {kTown, testing::Catalogue(), places, Date(2024, 6, 30)}), IsEmpty());
  EXPECT_THAT(draft.content.measures, ElementsAre(MeasureAmount{"cases", 4}, MeasureAmount{"occurrences", 1},
                                                  MeasureAmount{"success", 3}));
  EXPECT_EQ(draft.content.date, Date(2024, 3, 5));
}

TEST(SameContentTest, OrderOfAudiencesDoesNotMatterAndOfPartnersDoes) {
  Activity a = testing::MakeActivity("a");
  Activity b = a;
  std::swap(b.audiences[0], b.audiences[1]);
  EXPECT_TRUE(SameContent(a, b));
  b.audiences = {"cadres", "cadres"};
  EXPECT_FALSE(SameContent(a, b));
  a.partners = {"x", "y"};
  b = a;
  b.partners = {"y", "x"};
  EXPECT_FALSE(SameContent(a, b));
}

TEST(CheckMonthTest, MonthsFromTheFirstToTheRunningOne) {
  const Places places = MakePlaces();
  const Date today(2024, 6, 1);
  EXPECT_THAT(CheckMonth("2024-06", places, today), IsOkAndHolds(absl::CivilMonth(2024, 6)));
  EXPECT_THAT(CheckMonth("2001-01", places, today), IsOkAndHolds(absl::CivilMonth(2001, 1)));
  EXPECT_THAT(CheckMonth("2024-07", places, today), HasReason("MONTH_IN_FUTURE"));
  EXPECT_THAT(CheckMonth("2000-12", places, today), HasReason("MONTH_BEFORE_DIVISION"));
  EXPECT_THAT(CheckMonth("2031-01", places, Date(2031, 2, 1)), HasReason("MONTH_AFTER_DIVISION"));
  for (const char* text : {"", "2024", "2024-13", "2024-6", "2024-06-01", "２０２４-06"}) {
    EXPECT_THAT(CheckMonth(text, places, today), HasReason("MONTH_MALFORMED")) << text;
  }
}

}  // namespace
}  // namespace zhenhui::activities
