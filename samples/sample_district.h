#pragma once
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "samples/records.h"

// The sample district 630106 湟中区: official codes and names of its towns; everything else is invented and
// says so, but for the sums of kReportTown in 2024 (shangxinzhuang.h), which are those of its report.
namespace zhenhui::samples {

// The town that has not confirmed November and December 2024, so that its ranks are withheld: 海子沟乡.
inline constexpr char kUnconfirmedTown[] = "630106204";

struct SampleDistrict {
  std::vector<Town> towns;
  std::vector<Village> villages;
  std::vector<Population> populations;  // 2023 and 2024
  std::vector<RosterEntry> roster;
  std::vector<Record> report_town_2024;
  std::vector<Record> others_2024;
  std::vector<Record> all_2023;
  std::vector<Target> targets;              // of 2024
  std::vector<Confirmation> confirmations;  // every month of 2023 and 2024, but for kUnconfirmedTown
};

// Always the same, on every machine.
SampleDistrict MakeSampleDistrict();

// File name -> content: townships.csv, villages.csv, populations.csv, roster.csv,
// activities-630106101-2024.csv, activities-others-2024.csv, activities-2023.csv, targets.csv,
// confirmations.csv.
std::map<std::string, std::string> SampleFiles(const SampleDistrict& district);

// Writes the files into `directory`, which is made if it is not there; files of the same names are replaced.
// INTERNAL, naming the file, when one cannot be written.
absl::Status WriteFiles(const std::map<std::string, std::string>& files, const std::string& directory);

}  // namespace zhenhui::samples
