#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/reporting/domain/rollup.h"
#include "services/reporting/domain/roster_entry_name.h"

namespace zhenhui::reporting {

// What one row of a rollup stands for within a town.
struct RollupMember {
  Place place;
  std::string code;
  std::string name;
  std::optional<Validity> valid = {};  // of a roster entry: its days, where the register knows it
};

// The town's villages, audiences or roster entries, by code, "" first. Villages and roster entries: those
// that the register knows in the period, and others that have cells; audiences: those that have cells in any
// period.
std::vector<RollupMember> MembersOf(const Vocabulary& vocabulary, const RollupQuery& query,
                                    const TownState& state, std::span<const RosterEntryName> roster);

}  // namespace zhenhui::reporting
