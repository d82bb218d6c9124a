#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "services/reporting/domain/year_end/year_ends.h"
#include "services/reporting/narrative/figure_sources.h"

namespace zhenhui::reporting::narrative {

// A closed year as it is certified.
struct CertifiedYear {
  std::shared_ptr<const DistrictYear> figures;
  std::string digest;  // of the certificate, 64 hex digits
};

// The figures of a closed year for all that lies in it, so that a narrative is held against what was
// certified and not against what was entered late; for other periods (last year, days that are no whole
// months), and while the year is open, the figures as they stand. Thread-safe.
class ClosedOrOpenFigures final : public FigureSources {
 public:
  // Nothing of a year that is not closed. May block until the deadline.
  using Closed = std::function<absl::StatusOr<std::optional<CertifiedYear>>(const std::string& district,
                                                                            int year, absl::Time deadline)>;
  // `open` outlives it.
  ClosedOrOpenFigures(Closed closed, FigureSources& open) : closed_(std::move(closed)), open_(open) {}
  // Also the errors of `closed`.
  absl::StatusOr<Opened> Open(const std::string& township, int year, absl::Time deadline) override;

 private:
  const Closed closed_;
  FigureSources& open_;
};

// Asks the year ends: the newest certificate of a year that is closed now. `year_ends` outlives what it
// returns.
ClosedOrOpenFigures::Closed ClosedYearsOf(YearEnds& year_ends);

// The figure of a period that consists of whole months of the certified year: that of a month, a quarter or
// the year as it stands there; else a flow as the sum of its months, a stock as of the last one. Nothing for
// other periods, metrics and towns, and for ratios that do not stand there.
std::optional<RecordedFigure> CertifiedFigure(const DistrictYear& year, std::string_view township,
                                              std::string_view metric, const Period& period);

}  // namespace zhenhui::reporting::narrative
