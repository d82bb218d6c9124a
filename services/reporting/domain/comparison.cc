#include "services/reporting/domain/comparison.h"

#include <algorithm>
#include <numeric>

#include "common/status/status_macros.h"
#include "common/time/year_before.h"
#include "services/reporting/domain/change.h"
#include "services/reporting/domain/gini.h"
#include "services/reporting/domain/rational.h"
#include "services/reporting/domain/rollup.h"

namespace zhenhui::reporting {
namespace {

constexpr int64_t kResidentsUnit = 10'000;

// What all metrics of a comparison need of a town, looked up once.
struct TownBase {
  Completeness now;
  Completeness last_year;
  int64_t villages = 0;   // 0: not known
  int64_t residents = 0;  // 0: not known
};

Rational Over(const Rational& figure, int64_t times, int64_t base) {
  return {figure.numerator() * times, figure.denominator() * base};
}

// One metric of a comparison, step by step.
class MetricComparer {
 public:
  MetricComparer(const MetricPlan& plan, Normalisation normalisation, std::span<const TownView> towns)
      : plan_(plan), normalisation_(plan.is_ratio() ? Normalisation::kNone : normalisation), towns_(towns) {
    result_.metric = &plan;
    result_.towns.resize(towns.size());
    compared_.resize(towns.size(), Rational(0, 0));
  }

  absl::Status Read(const DayRange& now, const DayRange& last_year, std::span<const TownBase> bases) {
    FigureSums total;
    for (size_t i = 0; i < towns_.size(); ++i) {
      TownFigure& town = result_.towns[i];
      const FigureSums sums = ReadSums(plan_, *towns_[i].state, Place{}, now, bases[i].now);
      total.Add(sums);
      ASSIGN_OR_RETURN(town.figure, MakeFigure(plan_, sums));
      ASSIGN_OR_RETURN(town.last_year, MakeFigure(plan_, ReadSums(plan_, *towns_[i].state, Place{}, last_year,
                                                                  bases[i].last_year)));
      town.decimal = DecimalOf(plan_, town.figure);
      town.last_year_decimal = DecimalOf(plan_, town.last_year);
      town.change_percent = ChangePercent(plan_, town.figure, town.last_year, round_);
      Normalise(bases[i], i);
    }
    ASSIGN_OR_RETURN(result_.total, MakeFigure(plan_, total));
    result_.total_decimal = DecimalOf(plan_, result_.total);
    return absl::OkStatus();
  }

  absl::StatusOr<MetricComparison> Finish() {
    Rank();
    for (size_t i = 0; i < towns_.size(); ++i) {
      TownFigure& town = result_.towns[i];
      if (!plan_.is_ratio() && town.figure.has_value() && result_.total.value != 0) {
        town.share_percent = round_(Rational(static_cast<Int128>(town.figure.value) * 100, 1) /
                                    Rational(result_.total.value, 1));
      }
      if (!ranked_.empty() && HasCompared(i)) town.difference_from_median = round_(compared_[i] - median_);
    }
    RETURN_IF_ERROR(round_.StatusFor(plan_));
    return std::move(result_);
  }

 private:
  // Whether there is a figure to compare: it has a value, and its base is known.
  bool HasCompared(size_t i) const { return !compared_[i].overflown(); }

  void Normalise(const TownBase& base, size_t i) {
    TownFigure& town = result_.towns[i];
    town.rank_withheld = town.figure.state == FigureState::kNotApplicable ? RankWithheld::kNotApplicable
                         : town.figure.state == FigureState::kNotReported ? RankWithheld::kNotReported
                         : town.figure.unconfirmed_months > 0             ? RankWithheld::kUnconfirmedMonths
                                                                          : RankWithheld::kRanked;
    if (!town.figure.has_value()) return;
    const Rational printed = Printed(plan_, town.figure);
    if (!plan_.is_ratio() && base.villages > 0) town.per_village = round_(Over(printed, 1, base.villages));
    if (!plan_.is_ratio() && base.residents > 0) {
      town.per_10000_residents = round_(Over(printed, kResidentsUnit, base.residents));
    }
    const bool per_village = normalisation_ == Normalisation::kPerVillage;
    const int64_t units = per_village ? base.villages : base.residents;
    if (normalisation_ == Normalisation::kNone) {
      compared_[i] = printed;
    } else if (units > 0) {
      compared_[i] = Over(printed, per_village ? 1 : kResidentsUnit, units);
    } else if (town.rank_withheld == RankWithheld::kRanked) {
      town.rank_withheld = RankWithheld::kNoBase;
    }
  }

  void Rank() {
    for (size_t i = 0; i < towns_.size(); ++i) {
      if (result_.towns[i].rank_withheld == RankWithheld::kRanked) ranked_.push_back(i);
    }
    if (ranked_.empty()) return;
    std::sort(ranked_.begin(), ranked_.end(),
              [this](size_t a, size_t b) { return compared_[b] < compared_[a]; });
    std::vector<Rational> ascending(ranked_.size());
    for (size_t k = 0; k < ranked_.size(); ++k) {
      TownFigure& town = result_.towns[ranked_[k]];
      const bool as_before = k > 0 && compared_[ranked_[k]] == compared_[ranked_[k - 1]];
      const bool as_next = k + 1 < ranked_.size() && compared_[ranked_[k]] == compared_[ranked_[k + 1]];
      town.rank = as_before ? result_.towns[ranked_[k - 1]].rank : static_cast<int>(k) + 1;
      town.tied = as_before || as_next;
      ascending[ranked_.size() - 1 - k] = compared_[ranked_[k]];
    }
    const size_t half = ascending.size() / 2;
    median_ = ascending.size() % 2 == 1 ? ascending[half]
                                        : (ascending[half - 1] + ascending[half]) * Rational(1, 2);
    result_.median = round_(median_);
    if (const auto gini = GiniTenThousandths(ascending)) result_.gini = Decimal::Quotient(*gini, 10'000, 4);
  }

  const MetricPlan& plan_;
  const Normalisation normalisation_;
  const std::span<const TownView> towns_;
  MetricComparison result_;
  std::vector<Rational> compared_;  // by town, in printed units; of denominator 0 where there is none
  std::vector<size_t> ranked_;      // towns, highest first
  Rational median_;
  Rounder round_;
};

}  // namespace

absl::StatusOr<std::vector<MetricComparison>> Compare(const Vocabulary& vocabulary,
                                                      const ComparisonQuery& query,
                                                      std::span<const TownView> towns, Date today) {
  RETURN_IF_ERROR(CheckPeriod(query.period));
  const DayRange now(query.period);
  const DayRange last_year(YearBefore(query.period));
  const MonthRange months_now(now.period, today);
  const MonthRange months_last_year(last_year.period, today);
  std::vector<TownBase> bases(towns.size());
  for (size_t i = 0; i < towns.size(); ++i) {
    const TownState& state = *towns[i].state;
    bases[i].now = CompletenessOf(vocabulary, state, months_now);
    bases[i].last_year = CompletenessOf(vocabulary, state, months_last_year);
    bases[i].villages = state.Cells(Grain::kTown, vocabulary.villages()).UpTo(kNoMember, now.end);
    bases[i].residents = state.Cells(Grain::kTown, vocabulary.residents()).At(kNoMember, now.new_year);
  }
  std::vector<MetricComparison> comparisons;
  comparisons.reserve(query.metrics.size());
  for (const MetricPlan* plan : query.metrics) {
    MetricComparer comparer(*plan, query.normalisation, towns);
    RETURN_IF_ERROR(comparer.Read(now, last_year, bases));
    ASSIGN_OR_RETURN(MetricComparison comparison, comparer.Finish());
    comparisons.push_back(std::move(comparison));
  }
  return comparisons;
}

}  // namespace zhenhui::reporting
