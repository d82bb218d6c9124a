#include "samples/places.h"

#include <gmock/gmock.h>

#include <set>

namespace zhenhui::samples {
namespace {

using ::testing::EndsWith;
using ::testing::SizeIs;
using ::testing::StartsWith;

TEST(PlacesTest, TheDistrictHasItsSixteenOfficialTowns) {
  ASSERT_THAT(Towns(), SizeIs(16));
  EXPECT_EQ(Towns().front().name, "田家寨镇");
  EXPECT_EQ(Towns().back().name, "康川街道");
  EXPECT_EQ(Towns()[1].code, kReportTown);
  EXPECT_EQ(Towns()[1].name, "上新庄镇");
  for (const Town& town : Towns()) {
    EXPECT_THAT(town.code, SizeIs(9));
    EXPECT_THAT(town.code, StartsWith("630106"));
  }
}

TEST(PlacesTest, TheReportTownHasThirtyFourVillagesAndTheOthersTwelveToFortyFive) {
  EXPECT_THAT(VillagesOf(kReportTown), SizeIs(34));
  for (const Town& town : Towns()) {
    const size_t count = VillagesOf(town.code).size();
    EXPECT_GE(count, 12) << town.name;
    EXPECT_LE(count, 45) << town.name;
  }
}

TEST(PlacesTest, VillageCodesAreUniqueLieInTheirTownAndAreLabelledInvented) {
  std::set<std::string> codes;
  for (const Town& town : Towns()) {
    for (const Village& village : VillagesOf(town.code)) {
      EXPECT_TRUE(codes.insert(village.code).second) << village.code;
      EXPECT_THAT(village.code, SizeIs(12));
      EXPECT_THAT(village.code, StartsWith(town.code));
      EXPECT_THAT(village.name, StartsWith("示例"));
      EXPECT_THAT(village.name_en, EndsWith("(invented)"));
    }
  }
}

TEST(PlacesTest, ResidentsArePlausibleAndDifferBetweenYears) {
  for (const Town& town : Towns()) {
    const int64_t before = PopulationOf(town.code, 2023).residents;
    const int64_t after = PopulationOf(town.code, 2024).residents;
    EXPECT_GT(after, 5'000) << town.name;
    EXPECT_LT(before, 70'000) << town.name;
    EXPECT_LT(after, before) << town.name;
  }
}

TEST(HanNumberTest, WritesTensAsPeopleDo) {
  const struct {
    int number;
    const char* text;
  } cases[] = {{1, "一"}, {9, "九"}, {10, "十"}, {11, "十一"}, {20, "二十"}, {34, "三十四"}, {99, "九十九"}};
  for (const auto& c : cases) EXPECT_EQ(HanNumber(c.number), c.text);
}

}  // namespace
}  // namespace zhenhui::samples
