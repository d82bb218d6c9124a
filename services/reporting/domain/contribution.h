#pragma once
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "common/time/date.h"
#include "services/reporting/domain/series.h"

// What a record adds to the cells. The fold of a change is: take away what the old content added, add what
// the new content adds. Everything is a sum, so neither order nor repetition of a correction matters.
namespace zhenhui::reporting {

// Where a cell stands. The values are stored.
enum class Grain : int16_t {
  kTown = 1,     // member ""; bucket: the day (flows, stocks), 1 January (residents), the month's first day
                 // (confirmed)
  kVillage = 2,  // member: the village, "" for what belongs to none; bucket: the month's first day, of stocks
                 // the day
  kAudience = 3,  // member: the audience; bucket: the month's first day; flows only
  kRosterEntry =
      4,  // member: the id of who took part; bucket: the month's first day; "<kind>.occurrences" only
};
inline constexpr Grain kGrains[] = {Grain::kTown, Grain::kVillage, Grain::kAudience, Grain::kRosterEntry};
inline constexpr size_t kGrainCount = std::size(kGrains);

// One cell, or a change of it. A flow's value is its sum in the bucket; a stock's is how much it rose on that
// day.
struct CellKey {
  Grain grain = Grain::kTown;
  SeriesId series = 0;
  MemberId member = kNoMember;
  int32_t bucket = 0;  // days since 1970-01-01

  friend auto operator<=>(const CellKey&, const CellKey&) = default;
  template <typename H>
  friend H AbslHashValue(H h, const CellKey& key) {
    return H::combine(std::move(h), key.grain, key.series, key.member, key.bucket);
  }
};

struct SeriesAmount {
  SeriesId series = 0;
  int64_t amount = 0;
};

// An activity, as far as it counts.
struct ActivityFacts {
  Date date;
  MemberId village = kNoMember;
  absl::InlinedVector<MemberId, 4> audiences;       // without repeats
  absl::InlinedVector<MemberId, 1> roster_entries;  // likewise
  absl::InlinedVector<SeriesAmount, 4> measures;
  SeriesId occurrences = kNoSeries;  // of its kind; CompleteMeasures sets it
  bool active = true;                // a deleted activity counts nowhere
};
// Adds one measure. "occurrences" is 1 where a record does not give it: call CompleteMeasures after the last.
void AddMeasure(Vocabulary& vocabulary, std::string_view kind, std::string_view measure, int64_t amount,
                ActivityFacts& facts);
void CompleteMeasures(Vocabulary& vocabulary, std::string_view kind, ActivityFacts& facts);

// A month declared complete, by any of its days. Confirming twice is confirming once.
struct MonthConfirmed {
  Date month;
};

// Days of existence, both inclusive; nothing is "always" and "still".
struct Validity {
  std::optional<Date> from;
  std::optional<Date> to;

  bool Contains(Date date) const { return (!from || *from <= date) && (!to || date <= *to); }
  bool Overlaps(const Period& period) const {
    return (!from || *from <= period.end) && (!to || period.begin <= *to);
  }
  friend bool operator==(const Validity&, const Validity&) = default;
};

struct TownshipFacts {
  std::string name_zh;
  int type = 0;  // as the townships service numbers them; not looked at here
  Validity valid;
  friend bool operator==(const TownshipFacts&, const TownshipFacts&) = default;
};

struct VillageFacts {
  MemberId village = kNoMember;  // Member(its 12 digits)
  std::string name_zh;
  Validity valid;
  friend bool operator==(const VillageFacts&, const VillageFacts&) = default;
};

struct PopulationFacts {
  int year = 0;
  int64_t residents = 0;
};

struct RosterFacts {
  SeriesId role = 0;                          // Series("roster.mediator")
  absl::InlinedVector<MemberId, 2> villages;  // without repeats; empty is the town as a whole
  Validity valid;
};

// monostate: no record, that is, a new one's old content.
using Facts = std::variant<std::monostate, ActivityFacts, MonthConfirmed, TownshipFacts, VillageFacts,
                           PopulationFacts, RosterFacts>;

// One revision of a township's feed.
struct Change {
  int64_t revision = 0;
  Facts before;
  Facts after;
};

// The day from which "always" counts in stocks: 0001-01-01.
inline constexpr int32_t kAlwaysDay = -719162;

// Calls `add(CellKey, int64_t amount)` for every cell that the record adds to; amount is never 0. A month
// confirmation adds 1 to its cell: the caller sees to it that the cell never passes 1.
template <typename Add>
void ForEachContribution(const Vocabulary& vocabulary, const Facts& facts, Add&& add);

}  // namespace zhenhui::reporting

#include "services/reporting/domain/contribution_inl.h"
