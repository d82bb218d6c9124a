#pragma once
#include <string>
#include <vector>

#include "samples/records.h"

namespace zhenhui::samples {

// The town whose 2024 figures are those of its report: 上新庄镇.
inline constexpr char kReportTown[] = "630106101";

// The 16 township-level units of 630106 湟中区 by code: official codes and names.
const std::vector<Town>& Towns();

// A town's villages and communities by code, invented: 34 for kReportTown, 12 to 45 for any other.
// Communities have codes from 001, villages from 201. Depends on the code alone.
std::vector<Village> VillagesOf(const std::string& township);

// Invented residents of a town at the end of a year.
Population PopulationOf(const std::string& township, int year);

// 1 to 99 in Han numerals: 1 -> 一, 34 -> 三十四.
std::string HanNumber(int number);

}  // namespace zhenhui::samples
