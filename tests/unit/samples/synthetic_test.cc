#include "samples/synthetic.h"

#include <gmock/gmock.h>

#include <set>
#include <span>

#include "samples/csv.h"
#include "services/activities/catalogue/shipped_kinds.h"
#include "services/activities/domain/kind_catalogue.h"

namespace zhenhui::samples {
namespace {

using ::testing::IsEmpty;
using ::testing::StartsWith;

TEST(SyntheticTest, ARecordDependsOnItsIndexAndOptionsAlone) {
  const SyntheticOptions options;
  const Record late = Synthetic(123'456'789, options);
  const Record early = Synthetic(3, options);
  EXPECT_EQ(ActivitiesCsv({Synthetic(123'456'789, options)}), ActivitiesCsv({late}));
  EXPECT_EQ(ActivitiesCsv({Synthetic(3, options)}), ActivitiesCsv({early}));
  SyntheticOptions other = options;
  other.seed = 2;
  EXPECT_NE(ActivitiesCsv({Synthetic(3, other)}), ActivitiesCsv({early}));
}

TEST(SyntheticTest, RecordsKeepTheCataloguesRulesAndStayInTheirPlaceAndPeriod) {
  const auto catalogue = activities::KindCatalogue::Load(activities::ShippedKinds());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  SyntheticOptions options;
  options.towns = 7;
  std::set<std::string> ids;
  std::set<std::string> towns;
  for (uint64_t i = 0; i < 3000; ++i) {
    const Record record = Synthetic(i, options);
    EXPECT_TRUE(ids.insert(record.id).second);
    towns.insert(record.township);
    EXPECT_TRUE(record.village.empty() || record.village.starts_with(record.township));
    EXPECT_EQ(record.date.year(), 2024);
    EXPECT_THAT(record.title, StartsWith(kInvented));
    std::vector<activities::MeasureValue> measures;
    for (const auto& [code, value] : record.measures) measures.push_back({code, value});
    EXPECT_THAT(catalogue->Check(record.kind, measures), IsEmpty()) << record.kind;
  }
  EXPECT_EQ(towns.size(), 7);
}

}  // namespace
}  // namespace zhenhui::samples
