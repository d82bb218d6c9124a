#pragma once
#include <cstdint>
#include <string>

#include "samples/records.h"

namespace zhenhui::samples {

// The shape of a benchmark's data.
struct SyntheticOptions {
  std::string district = "990001";  // 6 digits; no official code begins with 99
  int towns = 50;                   // 1 to 900
  int villages_per_town = 30;       // 1 to 999
  Date first_day = Date(2024, 1, 1);
  int days = 366;
  uint64_t seed = 1;
};

// Record number `index` of an endless sequence: a function of its arguments alone, so any range can be made
// by any thread, again and in any order. Towns take turns, and no two indexes share an id. Every record keeps
// the catalogue's rules. About a microsecond each.
Record Synthetic(uint64_t index, const SyntheticOptions& options);

// Codes of the places that Synthetic uses, by number from 0.
std::string SyntheticTownship(int town, const SyntheticOptions& options);
std::string SyntheticVillage(const std::string& township, int village);

}  // namespace zhenhui::samples
