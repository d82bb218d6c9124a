#pragma once
#include <cstdint>
#include <string>

#include "common/time/date.h"
#include "services/reporting/domain/decimal.h"
#include "services/reporting/domain/int128.h"
#include "services/reporting/domain/metric_plan.h"
#include "services/reporting/domain/town_state.h"

// One figure: the value of a metric somewhere in a period, and what it is.
namespace zhenhui::reporting {

// The numbers are those of the public FigureState.
enum class FigureState {
  kValue = 1,  // there is a value; of a stock it may be 0, of a flow 0 only where records say so
  kConfirmedZero =
      2,  // nothing is recorded and every month of the period, up to the current one, is confirmed
  kNotReported =
      3,  // nothing is recorded and a month is not confirmed, or the whole period lies in the future
  kNotApplicable = 4,  // a ratio with nothing in its denominator; a place that did not exist in the period
};

struct Figure {
  FigureState state = FigureState::kNotApplicable;
  int64_t value = 0;           // of a ratio: the numerator
  int64_t denominator = 0;     // of a ratio, else 0
  int unconfirmed_months = 0;  // of the period, up to the current one, in which the town existed

  bool has_value() const { return state == FigureState::kValue || state == FigureState::kConfirmedZero; }
  friend bool operator==(const Figure&, const Figure&) = default;
};

// As it is printed: "43", "1234.50", "97.56" (a ratio: two places, half up); empty unless has_value().
Decimal DecimalOf(const MetricPlan& plan, const Figure& figure);
std::string PrintFigure(const MetricPlan& plan, const Figure& figure);

// A period's months up to today's, as confirmations count them; made once for many towns, because arithmetic
// with calendar days costs more than looking a town's cells up.
struct MonthRange {
  MonthRange(const Period& period, Date today);

  Period period;
  Date last_day;  // of today's month
  int32_t first;  // bucket of the first month
  int32_t last;   // bucket of the last month that counts
  int count;      // how many months count; below 1 if the period lies wholly after today's month
};

// How complete a town's months are; the same for all metrics, so it is looked up once for each town and
// period.
struct Completeness {
  bool exists = false;  // the town, on at least one day of the period
  bool begun = false;   // the period (where the town existed) does not lie wholly after today's month
  int unconfirmed_months = 0;
};
Completeness CompletenessOf(const Vocabulary& vocabulary, const TownState& state, const MonthRange& months);
inline Completeness CompletenessOf(const Vocabulary& vocabulary, const TownState& state, const Period& period,
                                   Date today) {
  return CompletenessOf(vocabulary, state, MonthRange(period, today));
}

// Sums on the way to a figure; those of several towns add up to the whole scope's. Kept wide, so that no sum
// of 64-bit cells can overflow.
struct FigureSums {
  Int128 value = 0;
  Int128 denominator = 0;
  bool recorded = false;  // a record stands behind it, even one that says 0
  bool exists = false;
  bool all_begun = true;  // of the existing towns
  int unconfirmed_months = 0;

  void Add(const FigureSums& other);
};

// What a query reads: the town, or one member of it.
struct Place {
  Grain grain = Grain::kTown;
  MemberId member = kNoMember;
};

// A period as the cells count days; made once for many figures.
struct DayRange {
  explicit DayRange(const Period& from);

  Period period;
  int32_t begin;
  int32_t end;       // inclusive
  int32_t new_year;  // 1 January of the last day's year
};

// Reads a metric's sums. At the grains of villages and audiences, flows are read by whole months: the range
// must consist of such. Allocates nothing.
FigureSums ReadSums(const MetricPlan& plan, const TownState& state, Place place, const DayRange& range,
                    const Completeness& completeness);

// The figure that the sums amount to. OUT_OF_RANGE, FIGURE_TOO_LARGE: it does not fit 64 bits.
absl::StatusOr<Figure> MakeFigure(const MetricPlan& plan, const FigureSums& sums);

}  // namespace zhenhui::reporting
