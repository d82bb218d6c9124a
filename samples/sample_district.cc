#include "samples/sample_district.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "samples/activities.h"
#include "samples/csv.h"
#include "samples/places.h"
#include "samples/roster.h"
#include "samples/shangxinzhuang.h"
#include "samples/targets.h"

namespace zhenhui::samples {
namespace {

template <typename T>
void Append(std::vector<T> from, std::vector<T>& to) {
  std::move(from.begin(), from.end(), std::back_inserter(to));
}

bool IsConfirmed(const std::string& township, int year, int month) {
  return township != kUnconfirmedTown || year < 2024 || month < 11;
}

void AddTown(const Town& town, SampleDistrict& district) {
  Append(VillagesOf(town.code), district.villages);
  const std::vector<RosterEntry> roster = RosterOf(town.code);
  const bool is_report_town = town.code == kReportTown;
  std::vector<Record> before = ActivitiesByPlan(town.code, 2023);
  std::vector<Record> records =
      is_report_town ? ReportTownActivities2024() : ActivitiesByPlan(town.code, 2024);
  NameCounsels(roster, before);
  NameCounsels(roster, records);
  Append(roster, district.roster);
  Append(std::move(before), district.all_2023);
  Append(std::move(records), is_report_town ? district.report_town_2024 : district.others_2024);
  Append(TargetsOf(town.code), district.targets);
  for (const int year : {2023, 2024}) {
    district.populations.push_back(PopulationOf(town.code, year));
    for (int month = 1; month <= 12; ++month) {
      if (!IsConfirmed(town.code, year, month)) continue;
      district.confirmations.push_back({town.code, absl::StrFormat("%d-%02d", year, month)});
    }
  }
}

}  // namespace

SampleDistrict MakeSampleDistrict() {
  SampleDistrict district;
  district.towns = Towns();
  for (const Town& town : district.towns) AddTown(town, district);
  return district;
}

std::map<std::string, std::string> SampleFiles(const SampleDistrict& district) {
  return {
      {"townships.csv", TownsCsv(district.towns)},
      {"villages.csv", VillagesCsv(district.villages)},
      {"populations.csv", PopulationsCsv(district.populations)},
      {"roster.csv", RosterCsv(district.roster)},
      {absl::StrCat("activities-", kReportTown, "-2024.csv"), ActivitiesCsv(district.report_town_2024)},
      {"activities-others-2024.csv", ActivitiesCsv(district.others_2024)},
      {"activities-2023.csv", ActivitiesCsv(district.all_2023)},
      {"targets.csv", TargetsCsv(district.targets)},
      {"confirmations.csv", ConfirmationsCsv(district.confirmations)},
  };
}

absl::Status WriteFiles(const std::map<std::string, std::string>& files, const std::string& directory) {
  std::error_code error;
  std::filesystem::create_directories(directory, error);
  if (error) return absl::InternalError(absl::StrCat("cannot make ", directory, ": ", error.message()));
  for (const auto& [name, content] : files) {
    const std::string path = std::filesystem::path(directory) / name;
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << content;
    out.close();
    if (!out) return absl::InternalError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::samples
