#pragma once
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/roster_entry_name.h"

// What is missing: places, audiences and roster entries that nothing reached in a period.
namespace zhenhui::reporting {

// The numbers are those of the public GapType.
enum class GapType {
  kVillage = 1,      // existed on a day of the period, and has no activity of the kind in it
  kAudience = 2,     // no activity of the kind reached it
  kRosterEntry = 3,  // stood on a day of the period and took part in no activity of the kind
  kNoCounsel = 4,    // a village that exists on the period's last day and has no legal counsel on it
};

struct GapQuery {
  Period period;            // whole months
  std::set<GapType> types;  // empty is all
  std::string kind;         // empty is any activity

  bool Wants(GapType type) const { return types.empty() || types.contains(type); }
};

struct AudienceName {
  std::string code;
  std::string name_zh;
};

struct Gap {
  GapType type = GapType::kVillage;
  std::string township;
  std::string member;  // village, audience or roster entry
  std::string name_zh;
  std::string last_month;  // before the period, in which it was reached: "2023-11"; empty is never
};

// Gaps of one town, by type and member. `audiences` are those of the catalogue, `roster` all entries of the
// town; each is looked at only where the query wants it.
std::vector<Gap> GapsOf(Vocabulary& vocabulary, const GapQuery& query, const TownView& town,
                        std::span<const AudienceName> audiences, std::span<const RosterEntryName> roster);

// How evenly a town's activities of the query's kind spread over the villages that exist on the period's last
// day.
struct VillageEvenness {
  std::optional<int> gini_ten_thousandths;  // nothing: fewer than two villages, or nothing was done in them
  int reached = 0;
  int villages = 0;
};
VillageEvenness EvennessOf(Vocabulary& vocabulary, const GapQuery& query, const TownView& town);

}  // namespace zhenhui::reporting
