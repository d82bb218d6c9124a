#pragma once
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "services/reporting/domain/contribution.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/year_end/restatement.h"

// Which records made figures change between two points of a township's history.
namespace zhenhui::reporting {

// A record's content at the earlier point and at the later one; monostate where there was none.
struct RecordNet {
  RecordChange about;  // its newest revision
  Facts before;
  Facts after;
};

// Whether the record's two contents add different amounts to the sums behind a metric's figure in a period,
// or make it something else (a zero that is reported, a month that is confirmed, a town that exists).
bool Moves(const Vocabulary& vocabulary, const MetricPlan& metric, const DayRange& range, const Facts& before,
           const Facts& after);

// Collects the revisions between two points, in their order, into one net change of each record. What
// concerns none of the metrics and periods is left out, so a year of other records costs no memory. Not
// thread-safe.
class RecordNets {
 public:
  struct Watched {
    const MetricPlan* metric;
    DayRange range;
  };
  RecordNets(const Vocabulary& vocabulary, std::vector<Watched> watched)
      : vocabulary_(vocabulary), watched_(std::move(watched)) {}

  // One revision.
  void Add(RecordChange about, Facts before, Facts after);

  // Those that still differ, by name.
  const std::map<std::string, RecordNet>& records() const { return records_; }
  // Of those the ones that move one of the watched figures; by feed and revision, at most `most`.
  std::vector<RecordChange> Moving(size_t most) const;

 private:
  const Vocabulary& vocabulary_;
  const std::vector<Watched> watched_;
  std::map<std::string, RecordNet> records_;
};

}  // namespace zhenhui::reporting
