#include "services/reporting/upkeep/catalogue.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/known_series.h"

namespace zhenhui::reporting {

absl::StatusOr<std::unique_ptr<Catalogue>> Catalogue::Load(std::string json, Vocabulary& vocabulary) {
  // Roster and register are known here; kinds are the activities service's business, so any name may be one.
  const KnownSeries fixed;
  const auto lookup = [&](std::string_view series) -> absl::StatusOr<SeriesNature> {
    if (Vocabulary::NatureOf(series) == SeriesNature::kStock) return fixed.Find(series);
    return SeriesNature::kFlow;
  };
  ASSIGN_OR_RETURN(MetricCatalogue metrics, MetricCatalogue::Load(json, lookup));
  return std::unique_ptr<Catalogue>(new Catalogue(std::move(json), std::move(metrics), vocabulary));
}

absl::Status Catalogue::CompareWith(const activities::v1::ListKindsResponse& kinds) {
  KnownSeries known;
  for (const activities::v1::Kind& kind : kinds.kinds()) {
    std::vector<std::string> measures;
    for (const activities::v1::Measure& measure : kind.measures()) measures.push_back(measure.code());
    known.AddKind(kind.code(), measures);
  }
  const absl::Status loaded = MetricCatalogue::Load(json_, known.Lookup()).status();
  absl::Status agreement;
  if (!loaded.ok()) {
    agreement = Error(absl::StatusCode::kFailedPrecondition, "CATALOGUE_MISMATCH",
                      absl::StrCat("the metrics do not fit the kinds of the activities service: ",
                                   std::string(loaded.message())));
  }
  std::lock_guard lock(mutex_);
  if (!agreement.ok() && agreement != agreement_) {
    log::Error("catalogue mismatch",
               {{"reason", "CATALOGUE_MISMATCH"}, {"why", std::string(agreement.message())}});
  }
  agreement_ = agreement;
  return agreement;
}

absl::Status Catalogue::agreement() const {
  std::lock_guard lock(mutex_);
  return agreement_;
}

}  // namespace zhenhui::reporting
