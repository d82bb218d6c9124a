#include "services/reporting/domain/rollup_members.h"

#include <algorithm>
#include <set>
#include <utility>

namespace zhenhui::reporting {
namespace {

// Calls `visit(const SumTable&)` for each series of the query's metrics, and for those of their reported
// zeros.
template <typename Visit>
void ForEachTable(const RollupQuery& query, const TownState& state, Grain grain, Visit&& visit) {
  for (const MetricPlan* plan : query.metrics) {
    for (const auto* terms : {&plan->value, &plan->denominator}) {
      for (const PlanTerm& term : *terms) {
        for (const SeriesId series : {term.series, ZerosOf(term.series)}) visit(state.Cells(grain, series));
      }
    }
  }
}

std::vector<RollupMember> PlacesOf(const Vocabulary& vocabulary, const RollupQuery& query,
                                   const TownState& state) {
  const Grain grain = query.group_by == GroupBy::kVillage ? Grain::kVillage : Grain::kAudience;
  std::set<MemberId> ids;
  ForEachTable(query, state, grain, [&](const SumTable& table) {
    table.ForEachMember([&](MemberId member) { ids.insert(member); });
  });
  const auto& villages = state.places().villages;
  if (grain == Grain::kVillage) {
    ids.insert(kNoMember);
    for (const auto& [id, village] : villages) {
      // A village that ended before the period may still have cells of earlier years.
      if (village.valid.Overlaps(query.period))
        ids.insert(id);
      else
        ids.erase(id);
    }
  }
  std::vector<RollupMember> members;
  for (const MemberId id : ids) {
    const auto village = villages.find(id);
    std::string code(vocabulary.MemberCode(id));
    std::string name = grain == Grain::kVillage && village != villages.end() ? village->second.name_zh : code;
    members.push_back({{grain, id}, std::move(code), std::move(name)});
  }
  return members;
}

// Entries stay in the register for good, so only those of the period are wanted; but whatever was done in it
// has a row, whether its entry stood then, or was never registered.
std::vector<RollupMember> EntriesOf(const Vocabulary& vocabulary, const RollupQuery& query,
                                    const TownState& state, std::span<const RosterEntryName> roster) {
  const DayRange days(query.period);
  std::set<MemberId> active;
  ForEachTable(query, state, Grain::kRosterEntry, [&](const SumTable& table) {
    table.ForEachMember([&](MemberId member) {
      if (table.Sum(member, days.begin, days.end) != 0) active.insert(member);
    });
  });
  std::vector<RollupMember> members;
  for (const RosterEntryName& entry : roster) {
    const MemberId id = vocabulary.FindMember(entry.id);
    const bool did_something = active.erase(id) > 0;
    if (!did_something && !entry.valid.Overlaps(query.period)) continue;
    members.push_back(
        {{Grain::kRosterEntry, id}, entry.id, entry.name.empty() ? entry.id : entry.name, entry.valid});
  }
  for (const MemberId id : active) {
    const std::string code(vocabulary.MemberCode(id));
    members.push_back({{Grain::kRosterEntry, id}, code, code});
  }
  return members;
}

}  // namespace

std::vector<RollupMember> MembersOf(const Vocabulary& vocabulary, const RollupQuery& query,
                                    const TownState& state, std::span<const RosterEntryName> roster) {
  std::vector<RollupMember> members = query.group_by == GroupBy::kRosterEntry
                                          ? EntriesOf(vocabulary, query, state, roster)
                                          : PlacesOf(vocabulary, query, state);
  std::sort(members.begin(), members.end(),
            [](const RollupMember& a, const RollupMember& b) { return a.code < b.code; });
  return members;
}

}  // namespace zhenhui::reporting
