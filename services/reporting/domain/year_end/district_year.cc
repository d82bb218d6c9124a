#include "services/reporting/domain/year_end/district_year.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/digest/sha256.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/canonical_text.h"

namespace zhenhui::reporting {
namespace {

constexpr int kFirstMonth = 5;  // index of January
constexpr int kYearRatioPlaces = 2;

YearMetric Frozen(const Metric& metric) {
  YearMetric frozen;
  frozen.code = metric.code;
  frozen.version = metric.version;
  frozen.type = metric.type;
  frozen.core = metric.core;
  frozen.section = metric.section;
  frozen.name = metric.name;
  frozen.unit = metric.unit;
  frozen.definition = metric.definition;
  frozen.formula = metric.denominator ? absl::StrCat(metric.formula.text(), " / ", metric.denominator->text())
                                      : metric.formula.text();
  frozen.ratio_scale = metric.ratio_scale;
  frozen.decimal_shift = metric.decimal_shift;
  frozen.higher_is_better = metric.higher_is_better;
  frozen.at_most = metric.at_most;
  std::sort(frozen.at_most.begin(), frozen.at_most.end());
  return frozen;
}

// A period's days and months, made once for all towns.
struct YearRange {
  YearRange(int year, int index) : days(YearPeriod(year, index)), months(days.period, Date(year, 12, 31)) {}

  DayRange days;
  MonthRange months;
};

absl::StatusOr<TownYear> ReadTown(const Vocabulary& vocabulary, std::span<const MetricPlan* const> plans,
                                  std::span<const YearRange> ranges, const TownView& town) {
  const TownState& state = *town.state;
  const DayRange& whole = ranges.front().days;
  TownYear read;
  read.code = town.code;
  read.name_zh = state.places().township ? state.places().township->name_zh : town.code;
  read.revisions = state.applied();
  read.villages =
      static_cast<int>(state.Cells(Grain::kTown, vocabulary.villages()).UpTo(kNoMember, whole.end));
  read.residents = state.Cells(Grain::kTown, vocabulary.residents()).At(kNoMember, whole.new_year);
  read.figures.resize(plans.size());
  for (size_t period = 0; period < ranges.size(); ++period) {
    const Completeness completeness = CompletenessOf(vocabulary, state, ranges[period].months);
    for (size_t metric = 0; metric < plans.size(); ++metric) {
      const FigureSums sums = ReadSums(*plans[metric], state, Place{}, ranges[period].days, completeness);
      ASSIGN_OR_RETURN(read.figures[metric][period], MakeFigure(*plans[metric], sums));
    }
  }
  return read;
}

}  // namespace

Period YearPeriod(int year, int index) {
  if (index == 0) return {Date(year, 1, 1), Date(year, 12, 31)};
  const bool quarter = index < kFirstMonth;
  const int first = quarter ? (index - 1) * 3 + 1 : index - kFirstMonth + 1;
  const absl::CivilMonth month(year, first);
  return {Date(month), Date(month + (quarter ? 3 : 1)) - 1};
}

std::string YearPeriodName(int year, int index) {
  if (index == 0) return absl::StrCat(year);
  if (index < kFirstMonth) return absl::StrCat(year, "-Q", index);
  return absl::StrCat(year, "-", absl::Dec(index - kFirstMonth + 1, absl::kZeroPad2));
}

std::optional<int> YearPeriodIndex(int year, std::string_view name) {
  for (int index = 0; index < kYearPeriods; ++index) {
    if (name == YearPeriodName(year, index)) return index;
  }
  return std::nullopt;
}

absl::StatusOr<DistrictYear> BuildDistrictYear(const Vocabulary& vocabulary, const MetricPlans& plans,
                                               std::span<const TownView> towns, std::string district,
                                               std::string name_zh, int year) {
  DistrictYear built;
  built.district = std::move(district);
  built.name_zh = std::move(name_zh);
  built.year = year;
  built.catalogue_version = plans.catalogue().version();
  std::vector<const MetricPlan*> sorted;
  for (const MetricPlan& plan : plans.all()) sorted.push_back(&plan);
  std::sort(sorted.begin(), sorted.end(),
            [](const MetricPlan* a, const MetricPlan* b) { return a->metric->code < b->metric->code; });
  for (const MetricPlan* plan : sorted) built.metrics.push_back(Frozen(*plan->metric));
  std::vector<YearRange> ranges;
  for (int index = 0; index < kYearPeriods; ++index) ranges.emplace_back(year, index);
  for (const TownView& town : towns) {
    if (!town.state->ExistsIn(ranges.front().days.period)) continue;
    ASSIGN_OR_RETURN(TownYear read, ReadTown(vocabulary, sorted, ranges, town));
    built.towns.push_back(std::move(read));
  }
  RETURN_IF_ERROR(CheckTotals(built));
  return built;
}

absl::Status CheckTotals(const DistrictYear& year) {
  const auto fits = [](Int128 sum) { return sum >= INT64_MIN && sum <= INT64_MAX; };
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    for (size_t period = 0; period < kYearPeriods; ++period) {
      Int128 value = 0;
      Int128 denominator = 0;
      for (const TownYear& town : year.towns) {
        value += town.figures[metric][period].value;
        denominator += town.figures[metric][period].denominator;
      }
      if (fits(value) && fits(denominator)) continue;
      return Error(
          absl::StatusCode::kOutOfRange, "FIGURE_TOO_LARGE",
          absl::StrCat("the district's sum of metrics/", year.metrics[metric].code, " does not fit 64 bits"));
    }
  }
  return absl::OkStatus();
}

std::string PrintYearFigure(const YearMetric& metric, const Figure& figure) {
  if (!figure.has_value()) return "";
  Int128 divisor = 1;
  for (int i = 0; i < metric.decimal_shift; ++i) divisor *= 10;
  if (metric.type == MetricType::kRatio) {
    return FormatQuotient(static_cast<Int128>(figure.value) * metric.ratio_scale,
                          static_cast<Int128>(figure.denominator) * divisor, kYearRatioPlaces);
  }
  return FormatQuotient(figure.value, divisor, metric.decimal_shift);
}

std::string YearFigureText(const YearMetric& metric, const Figure& figure) {
  if (figure.state == FigureState::kNotReported) return "未报";
  if (figure.state == FigureState::kNotApplicable) return "不适用";
  return PrintYearFigure(metric, figure);
}

Figure DistrictTotal(const DistrictYear& year, size_t metric, int period) {
  Figure total;
  bool any_value = false;
  bool all_confirmed = true;
  bool exists = false;
  for (const TownYear& town : year.towns) {
    const Figure& figure = town.figures[metric][static_cast<size_t>(period)];
    total.unconfirmed_months += figure.unconfirmed_months;
    total.value += figure.value;
    total.denominator += figure.denominator;
    if (figure.state == FigureState::kNotApplicable) continue;
    exists = true;
    any_value = any_value || figure.state == FigureState::kValue;
    all_confirmed = all_confirmed && figure.state != FigureState::kNotReported;
  }
  if (year.metrics[metric].type == MetricType::kRatio) {
    total.state = total.denominator > 0 ? FigureState::kValue : FigureState::kNotApplicable;
  } else if (!exists) {
    total.state = FigureState::kNotApplicable;
  } else if (any_value) {
    total.state = FigureState::kValue;
  } else {
    total.state = all_confirmed ? FigureState::kConfirmedZero : FigureState::kNotReported;
  }
  return total;
}

std::string DefinitionDigest(const YearMetric& metric) {
  std::string text;
  AppendFields(text, {"definition", MetricTypeName(metric.type), metric.formula,
                      absl::StrCat(metric.ratio_scale), absl::StrCat(metric.decimal_shift), metric.unit.zh,
                      metric.unit.en, metric.definition.zh, metric.definition.en});
  return Sha256Hex(text);
}

namespace {

std::vector<std::string> DefinitionDigests(const DistrictYear& year) {
  std::vector<std::string> digests;
  for (const YearMetric& metric : year.metrics) digests.push_back(DefinitionDigest(metric));
  return digests;
}

std::string TextOfTown(const DistrictYear& year, size_t town, std::span<const std::string> definitions) {
  const TownYear& of = year.towns[town];
  std::string text = absl::StrCat("zhenhui-town-year 1\nyear ", year.year, "\ntown ", of.code, " ",
                                  of.villages, " ", of.residents, "\n");
  for (size_t metric = 0; metric < year.metrics.size(); ++metric) {
    const YearMetric& of_metric = year.metrics[metric];
    absl::StrAppend(&text, "metric ", of_metric.code, " ", of_metric.version, " ", definitions[metric], "\n");
    AppendFigures(text, of.code, of_metric.code, of.figures[metric]);
  }
  return text;
}

}  // namespace

std::string TownYearText(const DistrictYear& year, size_t town) {
  return TextOfTown(year, town, DefinitionDigests(year));
}

std::vector<std::string> TownDigests(const DistrictYear& year) {
  const std::vector<std::string> definitions = DefinitionDigests(year);
  std::vector<std::string> digests;
  for (size_t town = 0; town < year.towns.size(); ++town)
    digests.push_back(Sha256Hex(TextOfTown(year, town, definitions)));
  return digests;
}

std::string DistrictDigest(const DistrictYear& year, std::span<const std::string> town_digests) {
  std::string text =
      absl::StrCat("zhenhui-district-year 1\ndistrict ", year.district, "\nyear ", year.year, "\n");
  for (size_t town = 0; town < year.towns.size(); ++town) {
    absl::StrAppend(&text, "town ", year.towns[town].code, " ", town_digests[town], "\n");
  }
  return Sha256Hex(text);
}

std::optional<size_t> FindMetric(const DistrictYear& year, std::string_view code) {
  const auto at =
      std::lower_bound(year.metrics.begin(), year.metrics.end(), code,
                       [](const YearMetric& metric, std::string_view key) { return metric.code < key; });
  if (at == year.metrics.end() || at->code != code) return std::nullopt;
  return static_cast<size_t>(at - year.metrics.begin());
}

std::optional<size_t> FindTown(const DistrictYear& year, std::string_view code) {
  const auto at =
      std::lower_bound(year.towns.begin(), year.towns.end(), code,
                       [](const TownYear& town, std::string_view key) { return town.code < key; });
  if (at == year.towns.end() || at->code != code) return std::nullopt;
  return static_cast<size_t>(at - year.towns.begin());
}

}  // namespace zhenhui::reporting
