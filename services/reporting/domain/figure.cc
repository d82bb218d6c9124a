#include "services/reporting/domain/figure.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::reporting {
namespace {

constexpr int kRatioPlaces = 2;

int MonthIndex(Date date) { return static_cast<int>(date.year()) * 12 + date.month() - 1; }

// The sum of one side of a metric, and whether a record stands behind it.
struct Side {
  Int128 sum = 0;
  bool recorded = false;
};

int64_t ReadTerm(const PlanTerm& term, const SumTable& cells, Place place, const DayRange& range) {
  switch (term.kind) {
    case TermKind::kFlow:
      return cells.Sum(place.member, range.begin, range.end);
    case TermKind::kStock:
      return term.yearly ? cells.At(place.member, range.new_year) : cells.UpTo(place.member, range.end);
    case TermKind::kDistinct:
      if (place.grain == Grain::kTown) return cells.MembersAbove0(range.end);
      return place.member != kNoMember && cells.UpTo(place.member, range.end) > 0 ? 1 : 0;
  }
  return 0;
}

Side ReadSide(const std::vector<PlanTerm>& terms, const TownState& state, Place place,
              const DayRange& range) {
  Side side;
  for (const PlanTerm& term : terms) {
    const Grain grain = term.kind == TermKind::kDistinct ? Grain::kVillage : place.grain;
    const int64_t value = ReadTerm(term, state.Cells(grain, term.series), place, range);
    side.sum += static_cast<Int128>(term.coefficient) * value;
    side.recorded = side.recorded || value != 0 ||
                    (term.kind == TermKind::kFlow &&
                     state.Cells(grain, ZerosOf(term.series)).Sum(place.member, range.begin, range.end) != 0);
  }
  return side;
}

bool PlaceExists(const MetricPlan& plan, const TownState& state, Place place, const DayRange& range,
                 bool recorded) {
  if (place.grain != Grain::kVillage) return true;
  // What belongs to no village is no place that could have a village's yes or no.
  if (place.member == kNoMember) return plan.metric->type != MetricType::kDistinct;
  const auto village = state.places().villages.find(place.member);
  if (village == state.places().villages.end()) return recorded;
  return recorded || village->second.valid.Overlaps(range.period);
}

}  // namespace

DayRange::DayRange(const Period& from)
    : period(from),
      begin(ToEpochDays(from.begin)),
      end(ToEpochDays(from.end)),
      new_year(ToEpochDays(Date(from.end.year(), 1, 1))) {}

MonthRange::MonthRange(const Period& from, Date today)
    : period(from), last_day(Date(absl::CivilMonth(today) + 1) - 1) {
  const Date end = std::min(period.end, last_day);
  first = MonthBucket(period.begin);
  last = MonthBucket(end);
  count = MonthIndex(end) - MonthIndex(period.begin) + 1;
}

namespace {

// The part of the period in which the town existed.
Period Lived(const TownshipFacts& township, const Period& period) {
  Period lived = period;
  if (township.valid.from) lived.begin = std::max(lived.begin, *township.valid.from);
  if (township.valid.to) lived.end = std::min(lived.end, *township.valid.to);
  return lived;
}

}  // namespace

Completeness CompletenessOf(const Vocabulary& vocabulary, const TownState& state, const MonthRange& months) {
  Completeness result;
  result.exists = state.ExistsIn(months.period);
  if (!result.exists) return result;
  if (const auto& township = state.places().township; township) {
    const Period lived = Lived(*township, months.period);
    // It began or ended in the period: months of its own.
    if (!(lived == months.period))
      return CompletenessOf(vocabulary, state, MonthRange(lived, months.last_day));
  }
  result.begun = months.count > 0;
  if (!result.begun) return result;
  const SumTable& confirmed = state.Cells(Grain::kTown, vocabulary.confirmed());
  result.unconfirmed_months =
      months.count - static_cast<int>(confirmed.Sum(kNoMember, months.first, months.last));
  return result;
}

void FigureSums::Add(const FigureSums& other) {
  if (!other.exists) return;
  value += other.value;
  denominator += other.denominator;
  recorded = recorded || other.recorded;
  exists = true;
  all_begun = all_begun && other.all_begun;
  unconfirmed_months += other.unconfirmed_months;
}

FigureSums ReadSums(const MetricPlan& plan, const TownState& state, Place place, const DayRange& range,
                    const Completeness& completeness) {
  FigureSums sums;
  if (!completeness.exists) return sums;
  const Side value = ReadSide(plan.value, state, place, range);
  const Side denominator = ReadSide(plan.denominator, state, place, range);
  sums.exists = PlaceExists(plan, state, place, range, value.recorded || denominator.recorded);
  if (!sums.exists) return sums;
  sums.value = value.sum;
  sums.denominator = denominator.sum;
  sums.recorded = value.recorded || plan.value.front().kind != TermKind::kFlow;
  sums.all_begun = completeness.begun;
  sums.unconfirmed_months = completeness.unconfirmed_months;
  return sums;
}

absl::StatusOr<Figure> MakeFigure(const MetricPlan& plan, const FigureSums& sums) {
  const auto fits = [](Int128 value) {
    return value >= std::numeric_limits<int64_t>::min() && value <= std::numeric_limits<int64_t>::max();
  };
  if (!fits(sums.value) || !fits(sums.denominator)) {
    return Error(absl::StatusCode::kOutOfRange, "FIGURE_TOO_LARGE",
                 absl::StrCat("the sum of ", plan.name,
                              " does not fit 64 bits; ask for fewer towns or a shorter period"));
  }
  Figure figure;
  if (!sums.exists) return figure;
  figure.value = static_cast<int64_t>(sums.value);
  figure.denominator = static_cast<int64_t>(sums.denominator);
  figure.unconfirmed_months = sums.unconfirmed_months;
  if (plan.is_ratio()) {
    figure.state = figure.denominator > 0 ? FigureState::kValue : FigureState::kNotApplicable;
  } else if (sums.recorded) {
    figure.state = FigureState::kValue;
  } else {
    figure.state = sums.all_begun && sums.unconfirmed_months == 0 ? FigureState::kConfirmedZero
                                                                  : FigureState::kNotReported;
  }
  return figure;
}

Decimal DecimalOf(const MetricPlan& plan, const Figure& figure) {
  if (!figure.has_value()) return Decimal();
  if (plan.is_ratio()) {
    return Decimal::Quotient(static_cast<Int128>(figure.value) * plan.printed_scale,
                             static_cast<Int128>(figure.denominator) * plan.printed_divisor, kRatioPlaces);
  }
  return Decimal::Quotient(figure.value, plan.printed_divisor, plan.metric->decimal_shift);
}

std::string PrintFigure(const MetricPlan& plan, const Figure& figure) {
  return DecimalOf(plan, figure).Text();
}

}  // namespace zhenhui::reporting
