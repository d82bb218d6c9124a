#include <gmock/gmock.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "samples/places.h"
#include "samples/sample_district.h"
#include "samples/shangxinzhuang.h"

// The figures of the sample, summed by the formulas of the shipped metric catalogue.
namespace zhenhui::samples {
namespace {

using Sums = std::map<std::string, int64_t>;  // base series "kind.measure" -> sum

Sums SumSeries(const std::vector<Record>& records) {
  Sums sums;
  for (const Record& record : records) {
    bool has_occurrences = false;
    for (const auto& [code, value] : record.measures) {
      sums[absl::StrCat(record.kind, ".", code)] += value;
      has_occurrences |= code == "occurrences";
    }
    if (!has_occurrences) ++sums[record.kind + ".occurrences"];
  }
  return sums;
}

const nlohmann::json& Metrics() {
  static const nlohmann::json metrics = [] {
    const auto root = std::filesystem::path(std::getenv("ZHENHUI_SOURCE_DIR"));
    std::ifstream in(root / "services/reporting/catalogue/metrics.json");
    return nlohmann::json::parse(in).at("metrics");
  }();
  return metrics;
}

// The series of a metric's formulas, which are plain sums.
std::vector<std::string> SeriesOf(const nlohmann::json& metric) {
  std::vector<std::string> series;
  for (const char* field : {"formula", "numerator", "denominator"}) {
    if (!metric.contains(field)) continue;
    const auto formula = metric[field].get<std::string>();
    for (const auto& term : absl::StrSplit(formula, " + ")) series.emplace_back(term);
  }
  return series;
}

int64_t Evaluate(const std::string& code, const Sums& sums) {
  int64_t total = 0;
  for (const nlohmann::json& metric : Metrics()) {
    if (metric["code"] != code) continue;
    for (const std::string& series : SeriesOf(metric)) total += sums.contains(series) ? sums.at(series) : 0;
  }
  return total;
}

TEST(SampleFiguresTest, TheReportTownsFiguresOf2024AreThoseOfItsReport) {
  const Sums sums = SumSeries(ReportTownActivities2024());
  const struct {
    const char* metric;
    int64_t figure;
  } cases[] = {{"study_center_group", 8},
               {"law_lectures", 6},
               {"publicity_events", 43},
               {"materials_distributed", 4160},
               {"consultations_answered", 35}};
  for (const auto& c : cases) EXPECT_EQ(Evaluate(c.metric, sums), c.figure) << c.metric;
}

TEST(SampleFiguresTest, EachVillageOfTheReportTownHasOneCounselAndThreeLawSavvyPersons) {
  std::map<std::string, int> counsels;
  std::map<std::string, int> law_savvy;
  int law_savvy_total = 0;
  for (const RosterEntry& entry : MakeSampleDistrict().roster) {
    if (entry.township != kReportTown) continue;
    EXPECT_LE(entry.valid_from, Date(2024, 1, 15)) << entry.id;
    EXPECT_EQ(entry.valid_to, "") << entry.id;
    for (const std::string& village : entry.villages) {
      if (entry.role == "legal_counsel") ++counsels[village];
      if (entry.role == "law_savvy_person") ++law_savvy[village], ++law_savvy_total;
    }
  }
  for (const Village& village : VillagesOf(kReportTown)) {
    EXPECT_EQ(counsels[village.code], 1) << village.name;
    EXPECT_EQ(law_savvy[village.code], 3) << village.name;
  }
  EXPECT_EQ(counsels.size(), kCounsels);
  EXPECT_EQ(law_savvy_total, kLawSavvyPersons);
}

TEST(SampleFiguresTest, TheReportTownsEventsCoverEveryQuarterAndManyVillages) {
  std::set<int> quarters;
  std::set<std::string> villages;
  std::set<std::string> audiences;
  for (const Record& record : ReportTownActivities2024()) {
    if (!record.kind.starts_with("publicity")) continue;
    quarters.insert((record.date.month() - 1) / 3);
    if (!record.village.empty()) villages.insert(record.village);
    audiences.insert(record.audiences.begin(), record.audiences.end());
  }
  EXPECT_EQ(quarters.size(), 4);
  EXPECT_GE(villages.size(), 10);
  EXPECT_GE(audiences.size(), 3);
}

TEST(SampleFiguresTest, EverySeriesOfEveryCoreMetricHasRecordsInBothYears) {
  const SampleDistrict district = MakeSampleDistrict();
  std::vector<Record> records_2024 = district.report_town_2024;
  records_2024.insert(records_2024.end(), district.others_2024.begin(), district.others_2024.end());
  const Sums sums_2024 = SumSeries(records_2024);
  const Sums sums_2023 = SumSeries(district.all_2023);
  std::set<std::string> others = {"register.villages"};
  for (const RosterEntry& entry : district.roster) others.insert("roster." + entry.role);
  int core = 0;
  for (const nlohmann::json& metric : Metrics()) {
    if (metric["tier"] != "core") continue;
    ++core;
    for (std::string series : SeriesOf(metric)) {
      if (series.starts_with("villages_with(")) series = series.substr(14, series.size() - 15);
      if (others.contains(series)) continue;
      EXPECT_GT(sums_2024.contains(series) ? sums_2024.at(series) : 0, 0) << metric["code"] << " " << series;
      EXPECT_GT(sums_2023.contains(series) ? sums_2023.at(series) : 0, 0) << metric["code"] << " " << series;
    }
  }
  EXPECT_EQ(core, 34);
}

}  // namespace
}  // namespace zhenhui::samples
