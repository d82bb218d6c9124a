#include "samples/targets.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "samples/places.h"
#include "samples/random.h"

namespace zhenhui::samples {
namespace {

Target Promise(const std::string& township, const char* metric, std::vector<int64_t> quarters,
               const char* source) {
  const bool study = std::string(source) == "study_plan";
  return {township, 2024,
          metric,   std::move(quarters),
          source,   absl::StrCat(kInvented, study ? "年度学法计划" : "年度普法工作计划")};
}

}  // namespace

std::vector<Target> TargetsOf(const std::string& township) {
  const auto villages = static_cast<int64_t>(VillagesOf(township).size());
  if (township == kReportTown) {
    return {Promise(township, "study_center_group", {2, 2, 2, 2}, "study_plan"),
            Promise(township, "law_lectures", {1, 2, 1, 2}, "publicity_plan"),
            Promise(township, "publicity_events", {10, 10, 10, 10}, "publicity_plan"),
            Promise(township, "counsel_visits", {villages, villages, villages, villages}, "publicity_plan"),
            Promise(township, "law_savvy_persons", {102, 102, 102, 102}, "publicity_plan")};
  }
  Random random(SeedOf(absl::StrCat("targets ", township)));
  const auto each = [&random](int64_t low, int64_t high) {
    return std::vector<int64_t>{random.Between(low, high), random.Between(low, high),
                                random.Between(low, high), random.Between(low, high)};
  };
  std::vector<Target> targets;
  targets.push_back(Promise(township, "study_center_group", each(1, 3), "study_plan"));
  targets.push_back(Promise(township, "law_lectures", each(1, 4), "publicity_plan"));
  targets.push_back(Promise(township, "publicity_events", each(6, 14), "publicity_plan"));
  targets.push_back(Promise(township, "counsel_visits", each(4, 14), "publicity_plan"));
  targets.push_back(
      Promise(township, "law_savvy_persons", std::vector<int64_t>(4, villages * 3), "publicity_plan"));
  return targets;
}

void NameCounsels(const std::vector<RosterEntry>& roster, std::vector<Record>& records) {
  for (Record& record : records) {
    if (record.kind != "counsel_visit" || record.village.empty()) continue;
    const std::string day = FormatDate(record.date);
    for (const RosterEntry& entry : roster) {
      const bool serves = entry.role == "legal_counsel" && entry.township == record.township &&
                          std::count(entry.villages.begin(), entry.villages.end(), record.village) > 0;
      const bool stands =
          entry.valid_from <= record.date && (entry.valid_to.empty() || day <= entry.valid_to);
      if (serves && stands) record.roster_entries.push_back(entry.id);
    }
  }
}

}  // namespace zhenhui::samples
