#include "services/reporting/narrative/narrative_year.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting::narrative {
namespace {

constexpr int kFirstMonth = 5;  // index of January among the year's periods

Rational PrintedYearValue(const YearMetric& metric, const Figure& figure) {
  if (!figure.has_value()) return Rational();
  int64_t divisor = 1;
  for (int i = 0; i < metric.decimal_shift; ++i) divisor *= 10;
  if (metric.type != MetricType::kRatio || figure.denominator <= 0) return Rational(figure.value, divisor);
  return Rational(static_cast<Int128>(figure.value) * metric.ratio_scale, divisor) /
         Rational(figure.denominator, 1);
}

// A flow over the months first to last, 1 to 12; nothing if it does not fit 64 bits.
std::optional<Figure> SumOfMonths(const YearFigures& figures, int first, int last) {
  Figure sum;
  bool reported = false, silent = false, zero = false;
  for (int number = first; number <= last; ++number) {
    const Figure& figure = figures[static_cast<size_t>(kFirstMonth + number - 1)];
    if (__builtin_add_overflow(sum.value, figure.value, &sum.value)) return std::nullopt;
    sum.unconfirmed_months += figure.unconfirmed_months;
    reported = reported || figure.state == FigureState::kValue;
    silent = silent || figure.state == FigureState::kNotReported;
    zero = zero || figure.state == FigureState::kConfirmedZero;
  }
  sum.state = reported ? FigureState::kValue
              : silent ? FigureState::kNotReported
              : zero   ? FigureState::kConfirmedZero
                       : FigureState::kNotApplicable;
  return sum;
}

// The figure as it stands in the year, or made of its months. A ratio's months do not add up: a stock may be
// in it.
std::optional<Figure> FigureIn(const DistrictYear& year, const YearMetric& metric, const YearFigures& figures,
                               const Period& period) {
  for (int i = 0; i < kYearPeriods; ++i) {
    const Period known = YearPeriod(year.year, i);
    if (known.begin == period.begin && known.end == period.end) return figures[static_cast<size_t>(i)];
  }
  if (metric.type == MetricType::kRatio) return std::nullopt;
  if (metric.type == MetricType::kFlow) return SumOfMonths(figures, period.begin.month(), period.end.month());
  return figures[static_cast<size_t>(kFirstMonth + period.end.month() - 1)];
}

class CertifiedFigures final : public TownFigureSource {
 public:
  CertifiedFigures(CertifiedYear year, std::string township, std::unique_ptr<TownFigureSource> open)
      : year_(std::move(year)), township_(std::move(township)), open_(std::move(open)) {}

  std::optional<RecordedFigure> FigureOf(std::string_view metric, const Period& period) const override {
    if (auto certified = CertifiedFigure(*year_.figures, township_, metric, period)) return certified;
    return open_->FigureOf(metric, period);
  }
  Bilingual AsOf() const override {
    const std::string year = std::to_string(year_.figures->year);
    return {year + "年已结账，证书摘要 " + year_.digest, year + " is closed, certificate " + year_.digest};
  }

 private:
  const CertifiedYear year_;
  const std::string township_;
  const std::unique_ptr<TownFigureSource> open_;
};

}  // namespace

ClosedOrOpenFigures::Closed ClosedYearsOf(YearEnds& year_ends) {
  return [&year_ends](const std::string& district, int year,
                      absl::Time deadline) -> absl::StatusOr<std::optional<CertifiedYear>> {
    const YearKey key{district, year};
    ASSIGN_OR_RETURN(const YearEndState state, year_ends.State(key, deadline));
    if (!state.closed) return std::nullopt;
    ASSIGN_OR_RETURN(const auto certificate, year_ends.ReadCertificate(key, state.generation, deadline));
    // Shares the certificate's life: no copy of a district's figures for each check.
    return CertifiedYear{{certificate, &certificate->figures}, state.certificate};
  };
}

std::optional<RecordedFigure> CertifiedFigure(const DistrictYear& year, std::string_view township,
                                              std::string_view metric, const Period& period) {
  const std::optional<size_t> row = FindMetric(year, metric);
  const std::optional<size_t> town = FindTown(year, township);
  const bool whole_months = period.begin.year() == year.year && period.end.year() == year.year &&
                            period.begin.day() == 1 && (period.end + 1).day() == 1 &&
                            period.begin <= period.end;
  if (!row || !town || !whole_months) return std::nullopt;
  const YearMetric& definition = year.metrics[*row];
  const YearFigures& figures = year.towns[*town].figures[*row];
  const std::optional<Figure> figure = FigureIn(year, definition, figures, period);
  if (!figure) return std::nullopt;
  return RecordedFigure{*figure, PrintYearFigure(definition, *figure), PrintedYearValue(definition, *figure)};
}

absl::StatusOr<FigureSources::Opened> ClosedOrOpenFigures::Open(const std::string& township, int year,
                                                                absl::Time deadline) {
  ASSIGN_OR_RETURN(Opened opened, open_.Open(township, year, deadline));
  ASSIGN_OR_RETURN(std::optional<CertifiedYear> closed, closed_(township.substr(0, 6), year, deadline));
  if (closed && FindTown(*closed->figures, township)) {
    opened.figures =
        std::make_unique<CertifiedFigures>(*std::move(closed), township, std::move(opened.figures));
  }
  return opened;
}

}  // namespace zhenhui::reporting::narrative
