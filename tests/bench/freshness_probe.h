#pragma once
#include <vector>

#include "tests/bench/load.h"
#include "tests/bench/stand.h"

namespace zhenhui::bench {

struct Freshness {
  std::vector<double>
      seen_ms;  // of each batch: from its acknowledgement until a reader that asks all the time sees it
  std::vector<double> token_ms;  // of queries that carry the position of the batch just acknowledged
  int token_violations = 0;  // of those: answers that lacked it, by their revisions or by the figure itself
};

// Pushes the batches as PushAll does while one reader asks GetFreshness every millisecond; every fourth batch
// its town also asks, with its position, for a figure that it must be part of. The towns' earlier records may
// only have been pushed through this process.
Freshness MeasureFreshness(Stand& stand, const std::vector<Batches>& towns);

}  // namespace zhenhui::bench
