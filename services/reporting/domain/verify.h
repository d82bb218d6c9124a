#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "services/reporting/domain/town_state.h"

// The proof: what is kept up as it comes equals what is computed from the records.
namespace zhenhui::reporting {

struct CellDifference {
  Grain grain = Grain::kTown;
  std::string series;
  std::string member;
  Date bucket;
  int64_t held = 0;
  int64_t recomputed = 0;
  friend bool operator==(const CellDifference&, const CellDifference&) = default;
};

struct Differences {
  std::vector<CellDifference> differences;  // at most `max_differences`; by grain, series, member, bucket
  int64_t cells_compared = 0;               // that are not 0 on at least one side
  int64_t cells_different = 0;              // all of them, also beyond the list
  bool places_equal = true;                 // names and validity of the town and its villages
};

// Compares two states at the same revisions, made with the same vocabulary.
Differences Diff(const Vocabulary& vocabulary, const TownState& held, const TownState& recomputed,
                 size_t max_differences = 1000);
// The same for the cells of one feed only.
Differences DiffFeed(const Vocabulary& vocabulary, Feed feed, const TownState& held,
                     const TownState& recomputed, size_t max_differences = 1000);

}  // namespace zhenhui::reporting
