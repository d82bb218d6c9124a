#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <string>

#include "zhenhui/activities/v1/activity.pb.h"
#include "zhenhui/townships/v1/roster_entry.pb.h"
#include "zhenhui/townships/v1/township.pb.h"
#include "zhenhui/townships/v1/village.pb.h"

// What a record says and what it counts for, worked out here a second time and as simply as possible: nothing
// of the services' code is used, so that a mistake there is not made here too.
namespace zhenhui::faults {

// A cell as the table reporting.cell has it. `grain`: 1 the town by day, 2 a village and 3 an audience by
// month. `bucket` is an ISO date.
struct CellKey {
  std::string town;
  std::string series;
  int grain = 1;
  std::string member;
  std::string bucket;
  friend auto operator<=>(const CellKey&, const CellKey&) = default;
};

// Cells that sum to 0 are left out.
using Cells = std::map<CellKey, int64_t>;
void AddTo(Cells& sum, const Cells& more);
void TakeFrom(Cells& sum, const Cells& less);

struct Content {
  std::string text;  // equal for equal contents
  Cells cells;
};

// Output-only fields, name and etag do not matter; `occurrences` is 1 where it is not given.
Content ContentOf(const std::string& town, const activities::v1::Activity& activity);
Content ContentOf(const std::string& town, const activities::v1::MonthConfirmation& month);
Content ContentOf(const std::string& town, const townships::v1::Township& township);
Content ContentOf(const std::string& town, const townships::v1::Village& village);
Content ContentOf(const std::string& town, const townships::v1::Population& population);
Content ContentOf(const std::string& town, const townships::v1::RosterEntry& entry);

// "townships/630106101/villages/630106101201" -> "630106101201".
std::string LastPart(const std::string& name);

}  // namespace zhenhui::faults
