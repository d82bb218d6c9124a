#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/reporting/checker/checker.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/year_end/district_year.h"

// Where the recorded figures come from that a narrative is checked against.
namespace zhenhui::reporting::narrative {

// One figure as it is recorded and as it is printed.
struct RecordedFigure {
  Figure figure;
  std::string decimal;  // "43", "97.56"; empty unless the figure has a value
  Rational value;       // in the printed unit, exact
};

// The figures of one town. Thread-safe.
class TownFigureSource : public checker::FigureSource {
 public:
  // Nothing for a metric that is not known.
  virtual std::optional<RecordedFigure> FigureOf(std::string_view metric, const Period& period) const = 0;
  // In a phrase for a person: "截至 630106101 活动第 42 版". Both languages.
  virtual Bilingual AsOf() const = 0;

  // FigureOf for the checker; the reference is the metric's code with the days.
  checker::Recorded Lookup(std::string_view metric, const Period& period) const final;
};

// Opens a town's figures for one check.
class FigureSources {
 public:
  struct Opened {
    std::unique_ptr<TownFigureSource> figures;
    std::string town_name_zh;              // its code where the register did not tell
    std::vector<std::string> place_names;  // of the town and its villages
  };

  virtual ~FigureSources() = default;
  // NOT_FOUND, TOWNSHIP_NOT_FOUND; UNAVAILABLE, REBUILDING. May block until the deadline.
  virtual absl::StatusOr<Opened> Open(const std::string& township, int year, absl::Time deadline) = 0;
};

// The figures as they stand: one snapshot of the town for the whole check. Never blocks. Thread-safe.
class OpenFigures final : public FigureSources {
 public:
  // All outlive it.
  OpenFigures(const Cube& cube, const MetricPlans& plans, const Clock& clock)
      : cube_(cube), plans_(plans), clock_(clock) {}
  absl::StatusOr<Opened> Open(const std::string& township, int year, absl::Time deadline) override;

 private:
  const Cube& cube_;
  const MetricPlans& plans_;
  const Clock& clock_;
};

}  // namespace zhenhui::reporting::narrative
