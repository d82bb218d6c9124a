#include "services/reporting/domain/year_end/changes.h"

#include <cstdint>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/canonical_text.h"

namespace zhenhui::reporting {
namespace {

// Calls visit(row before or null, row after or null) in the order of the codes.
template <typename Visit>
void Join(const TownFigures& before, const TownFigures& after, Visit visit) {
  size_t a = 0;
  size_t b = 0;
  while (a < before.rows.size() || b < after.rows.size()) {
    const bool take_a =
        a < before.rows.size() && (b == after.rows.size() || before.rows[a].metric <= after.rows[b].metric);
    const bool take_b =
        b < after.rows.size() && (a == before.rows.size() || after.rows[b].metric <= before.rows[a].metric);
    visit(take_a ? &before.rows[a] : nullptr, take_b ? &after.rows[b] : nullptr);
    a += take_a ? 1 : 0;
    b += take_b ? 1 : 0;
  }
}

std::string Shown(const DistrictYear& year, const std::string& metric, const Figure& figure) {
  const auto index = FindMetric(year, metric);
  return index ? YearFigureText(year.metrics[*index], figure) : absl::StrCat(figure.value);
}

// What differs between two figures that print alike: how many months are confirmed.
std::string Difference(const DistrictYear& year, const FigureChange& change) {
  const std::string before = Shown(year, change.metric, change.before);
  const std::string after = Shown(year, change.metric, change.after);
  if (before != after) return absl::StrCat(before, " -> ", after);
  return absl::StrCat("unconfirmed months ", change.before.unconfirmed_months, " -> ",
                      change.after.unconfirmed_months);
}

void DescribeMetric(const DistrictYear& year, const TownFigures::Row& before, const TownFigures::Row& after,
                    std::vector<std::string>& described) {
  const TownFigures one{0, 0, {before}};
  const TownFigures other{0, 0, {after}};
  const std::vector<FigureChange> changes = ChangedFigures(one, other);
  if (changes.empty()) return;
  // The year's figure says it all; the periods are told where the year's is the same.
  if (changes.front().period == 0) {
    described.push_back(absl::StrCat(before.metric, ": ", Difference(year, changes.front())));
    return;
  }
  for (const FigureChange& change : changes) {
    described.push_back(absl::StrCat(before.metric, " ", YearPeriodName(year.year, change.period), ": ",
                                     Difference(year, change)));
  }
}

}  // namespace

TownFigures FiguresOfTown(const DistrictYear& year, size_t town) {
  const TownYear& of = year.towns[town];
  TownFigures figures{of.villages, of.residents, {}};
  for (size_t metric = 0; metric < year.metrics.size(); ++metric)
    figures.rows.push_back({year.metrics[metric].code, year.metrics[metric].version, of.figures[metric]});
  return figures;
}

TownFigures FiguresOfAbsentTown(const DistrictYear& year) {
  TownFigures figures;
  for (const YearMetric& metric : year.metrics) {
    TownFigures::Row& row = figures.rows.emplace_back(TownFigures::Row{metric.code, metric.version, {}});
    for (Figure& figure : row.figures) figure.state = FigureState::kNotApplicable;
  }
  return figures;
}

absl::StatusOr<TownFigures> ParseTownYearText(std::string_view text) {
  LineReader reader(text);
  TownFigures figures;
  RETURN_IF_ERROR(reader.Read("zhenhui-town-year", 1));
  RETURN_IF_ERROR(reader.Read("year", 1));
  RETURN_IF_ERROR(reader.Read("town", 3));
  ASSIGN_OR_RETURN(const int64_t villages, reader.Number(1, 0, 1'000'000));
  figures.villages = static_cast<int>(villages);
  ASSIGN_OR_RETURN(figures.residents, reader.Number(2, 0, INT64_MAX));
  while (!reader.at_end()) {
    RETURN_IF_ERROR(reader.Read("metric", 3));
    TownFigures::Row row;
    row.metric = reader.Text(0);
    ASSIGN_OR_RETURN(const int64_t version, reader.Number(1, 1, 1'000'000));
    row.version = static_cast<int>(version);
    RETURN_IF_ERROR(reader.Read("figures", 2 + kYearPeriods));
    ASSIGN_OR_RETURN(row.figures, reader.Figures(2));
    figures.rows.push_back(std::move(row));
  }
  return figures;
}

std::vector<FigureChange> ChangedFigures(const TownFigures& before, const TownFigures& after) {
  std::vector<FigureChange> changes;
  Join(before, after, [&](const TownFigures::Row* a, const TownFigures::Row* b) {
    if (a == nullptr || b == nullptr || a->version != b->version) return;
    for (int period = 0; period < kYearPeriods; ++period) {
      const Figure& was = a->figures[static_cast<size_t>(period)];
      const Figure& is = b->figures[static_cast<size_t>(period)];
      if (!(was == is) && (was.has_value() || is.has_value()))
        changes.push_back({a->metric, period, was, is});
    }
  });
  return changes;
}

std::vector<std::string> DescribeChanges(const DistrictYear& year, const TownFigures& before,
                                         const TownFigures& after, size_t most) {
  std::vector<std::string> described;
  if (before.villages != after.villages)
    described.push_back(absl::StrCat("villages: ", before.villages, " -> ", after.villages));
  if (before.residents != after.residents)
    described.push_back(absl::StrCat("residents: ", before.residents, " -> ", after.residents));
  Join(before, after, [&](const TownFigures::Row* a, const TownFigures::Row* b) {
    if (a == nullptr || b == nullptr) {
      described.push_back(
          absl::StrCat((a == nullptr ? b : a)->metric, a == nullptr ? ": new metric" : ": no longer"));
    } else if (a->version != b->version) {
      described.push_back(absl::StrCat(a->metric, ": version ", a->version, " -> ", b->version));
    } else {
      DescribeMetric(year, *a, *b, described);
    }
  });
  if (described.size() > most) described.resize(most);
  return described;
}

}  // namespace zhenhui::reporting
