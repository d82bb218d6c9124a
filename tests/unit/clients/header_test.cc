#include "clients/zhenhui/input/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/clients/catalogue_fixture.h"

namespace zhenhui::cli {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Header Map(const std::vector<std::string>& headings, const std::vector<std::string>& ignored = {}) {
  return MapHeader(headings, Catalogue(TestKinds()), ignored);
}

TEST(HeaderTest, EnglishAndChineseHeadingsMeanTheSame) {
  const Header english = Map({"id", "township", "kind", "date", "village", "title", "audiences", "channels",
                              "partners", "note", "attendances"});
  const Header chinese =
      Map({"编号", "乡镇", "类型", "日期", "村", "标题", "受众", "渠道", "参与单位", "备注", "参加人次"});
  ASSERT_THAT(chinese.unknown, IsEmpty());
  for (size_t i = 0; i < english.columns.size(); ++i) {
    EXPECT_EQ(english.columns[i].role, chinese.columns[i].role) << i;
    EXPECT_NE(english.columns[i].role, ColumnRole::kIgnored) << i;
  }
}

TEST(HeaderTest, MarksAndNotesBehindAHeadingDoNotMatter) {
  const Header header = Map({"日期（必填）", " Kind* ", "村（社区）", "参加人次(人次)", "measures.cases"});
  EXPECT_THAT(header.unknown, IsEmpty());
  EXPECT_EQ(header.columns[0].role, ColumnRole::kDate);
  EXPECT_EQ(header.columns[1].role, ColumnRole::kKind);
  EXPECT_EQ(header.columns[2].role, ColumnRole::kVillage);
  EXPECT_THAT(header.columns[3].measures, ElementsAre("attendances"));
  EXPECT_THAT(header.columns[4].measures, ElementsAre("cases"));
}

TEST(HeaderTest, UnknownAndRepeatedHeadingsAreTold) {
  const Header header = Map({"类型", "经办人", "kind", "错误"});
  EXPECT_THAT(header.unknown, ElementsAre("经办人"));
  EXPECT_THAT(header.repeated, ElementsAre("kind"));
  EXPECT_THAT(Map({"经办人"}, {"经办人"}).unknown, IsEmpty());
}

TEST(HeaderTest, ANameOfSeveralMeasuresIsDecidedByTheKind) {
  const Catalogue catalogue(TestKinds());
  const std::vector<std::string> candidates = catalogue.Measures("件数");
  EXPECT_THAT(candidates, ElementsAre("cases", "documents"));
  EXPECT_EQ(catalogue.MeasureOf("review", candidates), "documents");
  EXPECT_EQ(catalogue.MeasureOf("mediation", candidates), "cases");
  EXPECT_EQ(catalogue.MeasureOf("law_lecture", candidates), "cases");
}

TEST(HeaderTest, WordsThatClerksPutOverFiguresAreUnderstood) {
  const Header header = Map({"场次", "人次", "份数"});
  EXPECT_THAT(header.unknown, IsEmpty());
  EXPECT_THAT(header.columns[0].measures, ElementsAre("occurrences"));
  EXPECT_THAT(header.columns[1].measures, ElementsAre("attendances", "consultations"));
  EXPECT_THAT(header.columns[2].measures, ElementsAre("copies", "documents"));
}

TEST(HeaderTest, FieldPathsOfTheServiceFindTheirColumn) {
  const Header header = Map({"日期", "受众", "件数", "编号"});
  EXPECT_EQ(header.ColumnOf("date"), 0);
  EXPECT_EQ(header.ColumnOf("audiences[1]"), 1);
  EXPECT_EQ(header.ColumnOf("measures.documents"), 2);
  EXPECT_EQ(header.ColumnOf("name"), 3);
  EXPECT_EQ(header.ColumnOf("title"), -1);
  EXPECT_EQ(header.ColumnOf(""), -1);
}

}  // namespace
}  // namespace zhenhui::cli
