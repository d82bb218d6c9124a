#include "services/reporting/report/standing.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/reporting/domain/gini.h"
#include "services/reporting/domain/rational.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr int kStandingPlaces = 2;
constexpr int64_t kTenThousand = 10'000;

struct Entry {
  size_t town;
  Rational value;
};

Rational InPrintedUnits(const YearMetric& metric, const Figure& figure) {
  Int128 divisor = 1;
  for (int i = 0; i < metric.decimal_shift; ++i) divisor *= 10;
  if (metric.type != MetricType::kRatio) return {figure.value, divisor};
  return {static_cast<Int128>(figure.value) * metric.ratio_scale,
          static_cast<Int128>(figure.denominator) * divisor};
}

std::string PrintRational(const Rational& value, int places) {
  const Rational reduced = value.Reduced();
  if (reduced.overflown()) return "";
  return FormatQuotient(reduced.numerator(), reduced.denominator(), places);
}

RankWithheld WithheldOf(const Figure& figure) {
  if (figure.state == FigureState::kNotApplicable) return RankWithheld::kNotApplicable;
  if (figure.state == FigureState::kNotReported) return RankWithheld::kNotReported;
  return figure.unconfirmed_months > 0 ? RankWithheld::kUnconfirmedMonths : RankWithheld::kRanked;
}

// Ranks the entries and says each town's by `set(town, rank)`; leaves them sorted, highest first.
template <typename Set>
void RankEntries(std::vector<Entry>& entries, const Set& set) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return b.value < a.value; });
  int rank = 0;
  for (size_t i = 0; i < entries.size(); ++i) {
    const bool as_before = i > 0 && entries[i].value == entries[i - 1].value;
    const bool as_next = i + 1 < entries.size() && entries[i].value == entries[i + 1].value;
    if (!as_before) rank = static_cast<int>(i) + 1;
    set(entries[i].town, Rank{.rank = rank, .tied = as_before || as_next});
  }
}

void AddMiddle(const std::vector<Entry>& highest_first, MetricStanding* standing) {
  if (highest_first.empty()) return;
  std::vector<Rational> ascending;
  for (auto entry = highest_first.rbegin(); entry != highest_first.rend(); ++entry)
    ascending.push_back(entry->value);
  const size_t half = ascending.size() / 2;
  const Rational median =
      ascending.size() % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) * Rational(1, 2);
  standing->median = PrintRational(median, kStandingPlaces);
  if (const std::optional<int> gini = GiniTenThousandths(ascending))
    standing->gini = FormatQuotient(*gini, 10'000, 4);
}

void Normalise(const TownYear& town, const Rational& printed, TownStanding* standing, size_t index,
               std::vector<Entry>* per_village, std::vector<Entry>* per_10000) {
  const bool ranked = standing->withheld == RankWithheld::kRanked;
  if (town.villages > 0) {
    const Rational value = printed / Rational(town.villages, 1);
    standing->per_village = PrintRational(value, kStandingPlaces);
    if (ranked) per_village->push_back({index, value});
  }
  if (town.residents > 0) {
    const Rational value = printed * Rational(kTenThousand, 1) / Rational(town.residents, 1);
    standing->per_10000_residents = PrintRational(value, kStandingPlaces);
    if (ranked) per_10000->push_back({index, value});
  }
}

std::string CoverageOf(const DistrictYear& year, const YearMetric& metric, const Figure& total) {
  int64_t villages = 0;
  for (const TownYear& town : year.towns) villages += town.villages;
  if (metric.type != MetricType::kDistinct || !total.has_value() || villages == 0) return "";
  return FormatQuotient(static_cast<Int128>(total.value) * 100, villages, kStandingPlaces);
}

}  // namespace

MetricStanding StandingOf(const DistrictYear& year, size_t metric) {
  const YearMetric& of = year.metrics[metric];
  MetricStanding standing;
  standing.metric = metric;
  standing.total = DistrictTotal(year, metric, 0);
  standing.towns.resize(year.towns.size());
  std::vector<Entry> raw, per_village, per_10000;
  for (size_t i = 0; i < year.towns.size(); ++i) {
    const Figure& figure = YearTotal(year.towns[i], metric);
    TownStanding& town = standing.towns[i];
    town.withheld = WithheldOf(figure);
    if (!figure.has_value()) continue;
    const Rational printed = InPrintedUnits(of, figure);
    if (town.withheld == RankWithheld::kRanked) raw.push_back({i, printed});
    if (of.type == MetricType::kRatio) continue;
    if (standing.total.value > 0) {
      town.share_percent =
          FormatQuotient(static_cast<Int128>(figure.value) * 100, standing.total.value, kStandingPlaces);
    }
    Normalise(year.towns[i], printed, &town, i, &per_village, &per_10000);
  }
  RankEntries(raw, [&](size_t town, Rank rank) { standing.towns[town].rank = rank; });
  RankEntries(per_village, [&](size_t town, Rank rank) { standing.towns[town].rank_per_village = rank; });
  RankEntries(per_10000,
              [&](size_t town, Rank rank) { standing.towns[town].rank_per_10000_residents = rank; });
  standing.ranked = static_cast<int>(raw.size());
  AddMiddle(raw, &standing);
  standing.coverage_percent = CoverageOf(year, of, standing.total);
  return standing;
}

std::string RankText(const Rank& rank) {
  if (rank.rank == 0) return "—";
  return absl::StrCat(rank.rank, rank.tied ? "（并列）" : "");
}

std::string WithheldText(RankWithheld withheld) {
  switch (withheld) {
    case RankWithheld::kRanked:
      return "";
    case RankWithheld::kUnconfirmedMonths:
      return "有月份未确认";
    case RankWithheld::kNotReported:
      return "未报";
    case RankWithheld::kNotApplicable:
      return "不适用";
    case RankWithheld::kNoBase:
      break;
  }
  return "无基数";
}

}  // namespace zhenhui::reporting::report
