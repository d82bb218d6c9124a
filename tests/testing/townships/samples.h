#pragma once
#include <string>

#include "services/townships/domain/records.h"

// Records for tests; the codes of villages are invented.
namespace zhenhui::townships::testing {

inline constexpr char kTown[] = "630106101";
inline constexpr char kOtherTown[] = "630106102";

inline Township SampleTownship(const std::string& code = kTown) {
  return {code, "示例镇", "Sample Town", TownshipType::kTown, {}};
}
inline Village SampleVillage(const std::string& code = "630106101201") {
  return {code, "示例村", "Sample Village", VillageType::kVillage, {Date(2000, 1, 1), std::nullopt}};
}
inline RosterEntry SampleEntry(const std::string& id = "counsel-01", const std::string& township = kTown) {
  return {township, id, RosterRole::kLegalCounsel, {}, "法律顾问01", {Date(2024, 1, 15), std::nullopt}};
}

}  // namespace zhenhui::townships::testing
