#pragma once
#include <string>
#include <vector>

#include "samples/records.h"

// The sample's files: UTF-8 without a byte-order mark, LF, a header row, RFC 4180 quoting, lists parted by
// ';'.
namespace zhenhui::samples {

std::string TownsCsv(const std::vector<Town>& towns);
std::string VillagesCsv(const std::vector<Village>& villages);
std::string PopulationsCsv(const std::vector<Population>& populations);
std::string RosterCsv(const std::vector<RosterEntry>& roster);
// One column for each measure of MeasureColumns(); a measure that a record has not is empty.
std::string ActivitiesCsv(const std::vector<Record>& records);
std::string TargetsCsv(const std::vector<Target>& targets);
std::string ConfirmationsCsv(const std::vector<Confirmation>& confirmations);

}  // namespace zhenhui::samples
