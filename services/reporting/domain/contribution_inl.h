#pragma once
// The body of ForEachContribution (contribution.h), a template because it is the innermost loop of every
// rebuild.
#include "services/reporting/domain/contribution.h"

namespace zhenhui::reporting {

inline int32_t MonthBucket(Date date) { return ToEpochDays(Date(date.year(), date.month(), 1)); }

namespace contribution_internal {

template <typename Add>
void AddActivity(const ActivityFacts& facts, Add& add) {
  if (!facts.active) return;
  const int32_t day = ToEpochDays(facts.date);
  const int32_t month = MonthBucket(facts.date);
  for (const SeriesAmount& measure : facts.measures) {
    const bool zero = measure.amount == 0;
    const SeriesId series = zero ? ZerosOf(measure.series) : measure.series;
    const int64_t amount = zero ? 1 : measure.amount;
    add(CellKey{Grain::kTown, series, kNoMember, day}, amount);
    add(CellKey{Grain::kVillage, series, facts.village, month}, amount);
    for (const MemberId audience : facts.audiences)
      add(CellKey{Grain::kAudience, series, audience, month}, amount);
    if (measure.series != facts.occurrences || zero) continue;
    for (const MemberId entry : facts.roster_entries)
      add(CellKey{Grain::kRosterEntry, series, entry, month}, amount);
  }
}

// A stock rises by 1 on its first day and falls by 1 on the day after its last.
template <typename Add>
void AddStanding(Grain grain, SeriesId series, MemberId member, const Validity& valid, Add& add) {
  const int32_t from = valid.from ? ToEpochDays(*valid.from) : kAlwaysDay;
  if (valid.to && ToEpochDays(*valid.to) < from) return;  // it never stood
  add(CellKey{grain, series, member, from}, int64_t{1});
  if (valid.to) add(CellKey{grain, series, member, ToEpochDays(*valid.to) + 1}, int64_t{-1});
}

template <typename Add>
void AddRoster(const RosterFacts& facts, Add& add) {
  AddStanding(Grain::kTown, facts.role, kNoMember, facts.valid, add);
  if (facts.villages.empty()) AddStanding(Grain::kVillage, facts.role, kNoMember, facts.valid, add);
  for (const MemberId village : facts.villages)
    AddStanding(Grain::kVillage, facts.role, village, facts.valid, add);
}

}  // namespace contribution_internal

template <typename Add>
void ForEachContribution(const Vocabulary& vocabulary, const Facts& facts, Add&& add) {
  namespace in = contribution_internal;
  if (const auto* activity = std::get_if<ActivityFacts>(&facts)) {
    in::AddActivity(*activity, add);
  } else if (const auto* roster = std::get_if<RosterFacts>(&facts)) {
    in::AddRoster(*roster, add);
  } else if (const auto* village = std::get_if<VillageFacts>(&facts)) {
    in::AddStanding(Grain::kTown, vocabulary.villages(), kNoMember, village->valid, add);
    in::AddStanding(Grain::kVillage, vocabulary.villages(), village->village, village->valid, add);
  } else if (const auto* population = std::get_if<PopulationFacts>(&facts)) {
    if (population->residents == 0) return;
    add(CellKey{Grain::kTown, vocabulary.residents(), kNoMember, ToEpochDays(Date(population->year, 1, 1))},
        population->residents);
  } else if (const auto* confirmed = std::get_if<MonthConfirmed>(&facts)) {
    add(CellKey{Grain::kTown, vocabulary.confirmed(), kNoMember, MonthBucket(confirmed->month)}, int64_t{1});
  }
}

}  // namespace zhenhui::reporting
