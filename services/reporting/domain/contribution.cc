#include "services/reporting/domain/contribution.h"

#include <algorithm>

namespace zhenhui::reporting {

void AddMeasure(Vocabulary& vocabulary, std::string_view kind, std::string_view measure, int64_t amount,
                ActivityFacts& facts) {
  facts.measures.push_back({vocabulary.Measure(kind, measure), amount});
}

void CompleteMeasures(Vocabulary& vocabulary, std::string_view kind, ActivityFacts& facts) {
  const SeriesId occurrences = vocabulary.Measure(kind, "occurrences");
  const bool given = std::any_of(facts.measures.begin(), facts.measures.end(),
                                 [&](const SeriesAmount& measure) { return measure.series == occurrences; });
  if (!given) facts.measures.push_back({occurrences, 1});
  facts.occurrences = occurrences;
}

}  // namespace zhenhui::reporting
