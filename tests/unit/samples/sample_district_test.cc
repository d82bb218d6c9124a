#include "samples/sample_district.h"

#include <gmock/gmock.h>
#include <stdlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/str_format.h"
#include "samples/csv.h"
#include "samples/places.h"
#include "samples/random.h"
#include "services/activities/catalogue/shipped_kinds.h"
#include "services/activities/domain/kind_catalogue.h"

namespace zhenhui::samples {
namespace {

using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::StartsWith;

const SampleDistrict& District() {
  static const SampleDistrict district = MakeSampleDistrict();
  return district;
}

std::vector<Record> AllRecords() {
  std::vector<Record> all = District().report_town_2024;
  all.insert(all.end(), District().others_2024.begin(), District().others_2024.end());
  all.insert(all.end(), District().all_2023.begin(), District().all_2023.end());
  return all;
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream content;
  content << in.rdbuf();
  return content.str();
}

std::filesystem::path CommittedFolder() {
  return std::filesystem::path(std::getenv("ZHENHUI_SOURCE_DIR")) / "samples" / "630106";
}

TEST(SampleDistrictTest, IsTheSameBytesOnEveryMachine) {
  uint64_t digest = 0;
  for (const auto& [name, content] : SampleFiles(MakeSampleDistrict()))
    digest = digest * 31 + SeedOf(name + content);
  // Changes only together with the sample itself; then the files of samples/630106 change too.
  EXPECT_EQ(absl::StrFormat("%016x", digest), "e369162e889e0440");
}

TEST(SampleDistrictTest, TheCommittedFilesAreWhatTheGeneratorMakes) {
  const auto files = SampleFiles(District());
  for (const char* name : {"townships.csv", "activities-630106101-2024.csv"}) {
    EXPECT_EQ(ReadFile(CommittedFolder() / name), files.at(name)) << name;
  }
  EXPECT_EQ(ReadFile(CommittedFolder() / "villages.csv"), VillagesCsv(VillagesOf(kReportTown)));
}

TEST(SampleDistrictTest, EveryRowButTheTownsSaysThatItIsInvented) {
  EXPECT_THAT(AllRecords(), Each(Field(&Record::title, StartsWith(kInvented))));
  EXPECT_THAT(District().roster, Each(Field(&RosterEntry::name, StartsWith("示例"))));
  EXPECT_THAT(District().villages, Each(Field(&Village::name, StartsWith("示例"))));
  for (const char* name : {"populations.csv", "confirmations.csv"}) {
    std::istringstream csv(SampleFiles(District()).at(name));
    std::string line;
    std::getline(csv, line);
    while (std::getline(csv, line)) EXPECT_TRUE(line.ends_with(kInvented)) << line;
  }
}

TEST(SampleDistrictTest, EveryRecordWouldBeAcceptedByTheCatalogue) {
  const auto catalogue = activities::KindCatalogue::Load(activities::ShippedKinds());
  ASSERT_TRUE(catalogue.ok()) << catalogue.status();
  for (const Record& record : AllRecords()) {
    std::vector<activities::MeasureValue> measures;
    for (const auto& [code, value] : record.measures) measures.push_back({code, value});
    EXPECT_THAT(catalogue->Check(record.kind, measures), IsEmpty()) << record.kind << " " << record.id;
    for (const std::string& code : record.audiences)
      EXPECT_FALSE(catalogue->CheckAudience("a", code)) << code;
    for (const std::string& code : record.channels) EXPECT_FALSE(catalogue->CheckChannel("c", code)) << code;
  }
}

TEST(SampleDistrictTest, IdsAreUniqueInTheirTownAndVillagesExist) {
  std::set<std::string> villages;
  for (const Village& village : District().villages) villages.insert(village.code);
  std::set<std::string> ids;
  for (const Record& record : AllRecords()) {
    EXPECT_TRUE(ids.insert(record.township + record.id).second) << record.id;
    if (record.village.empty()) continue;
    EXPECT_TRUE(villages.contains(record.village) && record.village.starts_with(record.township))
        << record.id;
  }
  for (const RosterEntry& entry : District().roster) {
    EXPECT_TRUE(ids.insert(entry.township + entry.id).second) << entry.township << " " << entry.id;
    for (const std::string& village : entry.villages) {
      EXPECT_TRUE(villages.contains(village) && village.starts_with(entry.township)) << entry.id;
    }
    EXPECT_TRUE(entry.valid_to.empty() || FormatDate(entry.valid_from) <= entry.valid_to) << entry.id;
  }
}

TEST(SampleDistrictTest, EachFileHoldsItsYearAndItsTowns) {
  for (const Record& record : District().all_2023) EXPECT_EQ(record.date.year(), 2023) << record.id;
  std::set<std::string> others;
  for (const Record& record : District().others_2024) {
    EXPECT_EQ(record.date.year(), 2024) << record.id;
    others.insert(record.township);
  }
  EXPECT_EQ(others.size(), Towns().size() - 1);
  EXPECT_FALSE(others.contains(kReportTown));
}

TEST(SampleDistrictTest, OneTownLeftTheLastTwoMonthsUnconfirmed) {
  std::map<std::string, int> months;
  for (const Confirmation& confirmation : District().confirmations) {
    ++months[confirmation.township];
    EXPECT_TRUE(confirmation.township != kUnconfirmedTown || confirmation.month < "2024-11");
  }
  for (const Town& town : Towns())
    EXPECT_EQ(months[town.code], town.code == kUnconfirmedTown ? 22 : 24) << town.name;
}

TEST(WriteFilesTest, MakesTheFolderAndReplacesOlderFiles) {
  std::string root = std::filesystem::temp_directory_path() / "zhenhui-samples-XXXXXX";
  ASSERT_NE(mkdtemp(root.data()), nullptr);
  const std::string folder = root + "/new/deep";
  EXPECT_TRUE(WriteFiles({{"a.csv", "a longer text\n"}}, folder).ok());
  EXPECT_TRUE(WriteFiles({{"a.csv", "short\n"}}, folder).ok());
  EXPECT_EQ(ReadFile(folder + "/a.csv"), "short\n");
  std::filesystem::remove_all(root);
}

TEST(WriteFilesTest, AFileInTheWayIsAnErrorThatNamesThePath) {
  std::string root = std::filesystem::temp_directory_path() / "zhenhui-samples-XXXXXX";
  ASSERT_NE(mkdtemp(root.data()), nullptr);
  ASSERT_TRUE(WriteFiles({{"file", ""}}, root).ok());
  const absl::Status status = WriteFiles({{"a.csv", ""}}, root + "/file");
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr(root + "/file"));
  std::filesystem::remove_all(root);
}

}  // namespace
}  // namespace zhenhui::samples
