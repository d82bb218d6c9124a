#pragma once
#include <span>
#include <vector>

#include "absl/status/statusor.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/decimal.h"
#include "services/reporting/domain/figure.h"

// Comparison of towns. All arithmetic is exact; decimals are rounded half up (away from zero) at the very
// end.
namespace zhenhui::reporting {

enum class Normalisation { kNone, kPerVillage, kPer10000Residents };

// The numbers are those of the public RankWithheld.
enum class RankWithheld {
  kRanked = 0,
  kUnconfirmedMonths = 1,
  kNotReported = 2,
  kNotApplicable = 3,
  kNoBase = 4
};

struct ComparisonQuery {
  std::vector<const MetricPlan*> metrics;
  Period period;
  Normalisation normalisation = Normalisation::kNone;
};

// Decimals are those of the public TownshipFigure; empty where there is none.
struct TownFigure {
  Figure figure;
  Decimal decimal;  // DecimalOf(figure)
  Decimal per_village;
  Decimal per_10000_residents;
  int rank = 0;
  bool tied = false;
  RankWithheld rank_withheld = RankWithheld::kNotApplicable;
  Decimal share_percent;
  Decimal difference_from_median;
  Figure last_year;
  Decimal last_year_decimal;
  Decimal change_percent;
};

struct MetricComparison {
  const MetricPlan* metric = nullptr;
  std::vector<TownFigure> towns;  // in the order given
  Figure total;
  Decimal total_decimal;
  Decimal median;
  Decimal gini;
};

// A town is ranked if its figure has a value, none of its months is unconfirmed (whatever the metric's type)
// and its base is known; the reasons to withhold come in that order of precedence: not applicable, not
// reported, unconfirmed months, no base. Errors: CheckPeriod's; OUT_OF_RANGE, FIGURE_TOO_LARGE.
absl::StatusOr<std::vector<MetricComparison>> Compare(const Vocabulary& vocabulary,
                                                      const ComparisonQuery& query,
                                                      std::span<const TownView> towns, Date today);

}  // namespace zhenhui::reporting
