#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/json/bilingual.h"
#include "services/reporting/domain/formula.h"

// The catalogue of metrics: named figures with their definitions (口径). It is data
// (services/reporting/catalogue/metrics.json), read and checked once at start.
namespace zhenhui::reporting {

enum class MetricType {
  kFlow,      // summed over the days of a period
  kStock,     // as of a period's last day; summed over towns, never over time
  kRatio,     // sum of numerators over sum of denominators; never an average of ratios
  kDistinct,  // villages that have at least one, as of a period's last day; adds up over towns, never over
              // time
};

// "flow", "stock", "ratio", "distinct".
std::string_view MetricTypeName(MetricType type);

struct Metric {
  std::string code;     // snake_case: "mediation_success_rate"
  int version = 1;      // of the definition, from 1; a closed year keeps the one that it was closed with
  bool core = false;    // of the core tier, else extended
  std::string section;  // field of work: "A" to "H", or "base"
  Bilingual name;
  Bilingual unit;  // of the printed figure: "元", though the sum is in fen
  Bilingual definition;
  MetricType type = MetricType::kFlow;
  std::string date_basis;              // which date decides the period: "activity_date", "decision_date" ...
  Formula formula;                     // of a ratio: its numerator
  std::optional<Formula> denominator;  // of a ratio, else nothing
  int ratio_scale = 1;    // of a ratio: printed as scale * numerator / denominator; 100 (per cent) or 1
  int decimal_shift = 0;  // the printed figure is value * 10^-shift: 2 for money; 0 to 6
  std::vector<std::string> parts;        // metrics whose formulas together are this one's; often none
  std::vector<std::string> at_most;      // metrics that this one's value never exceeds; often none
  std::optional<bool> higher_is_better;  // nothing where neither is
};

// Immutable after Load, so all methods are thread-safe. Pointers that it returns live as long as the
// catalogue.
class MetricCatalogue {
 public:
  // Reads metrics.json and checks it: codes are unique, names stand in both languages, formulas name known
  // series and fit the metric's type, parts add up to their whole. INVALID_ARGUMENT (DATA_FILE_INVALID) names
  // the metric and the field that is wrong.
  static absl::StatusOr<MetricCatalogue> Load(std::string_view json, const SeriesLookup& lookup);

  int64_t version() const { return version_; }
  const std::vector<Metric>& metrics() const { return metrics_; }  // in the file's order

  // By code; null if there is none.
  const Metric* Find(std::string_view code) const;

 private:
  friend class MetricCatalogueLoader;
  MetricCatalogue() = default;

  int64_t version_ = 0;
  std::vector<Metric> metrics_;
  std::map<std::string, size_t, std::less<>> by_code_;
};

}  // namespace zhenhui::reporting
