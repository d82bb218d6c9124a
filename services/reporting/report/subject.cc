#include "services/reporting/report/subject.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {
namespace {

constexpr int kJanuary = 5;  // index of the period
constexpr int kMonths = 12;

bool IsUnconfirmed(const TownYear& town, int month) {
  const auto period = static_cast<size_t>(kJanuary + month - 1);
  return std::any_of(town.figures.begin(), town.figures.end(),
                     [period](const YearFigures& figures) { return figures[period].unconfirmed_months > 0; });
}

}  // namespace

Subject::Subject(const ReportInput& input) : input_(input) {
  if (!input.township.empty()) town_ = FindTown(*input.year, input.township);
}

std::string Subject::name() const {
  const std::string name = OneLine(town_ ? town()->name_zh : year().name_zh);
  return name.empty() ? code() : name;
}

std::string Subject::code() const { return town_ ? town()->code : year().district; }

Figure Subject::figure(size_t metric, int period) const {
  return town_ ? town()->figures[metric][static_cast<size_t>(period)] : DistrictTotal(year(), metric, period);
}

std::optional<Figure> Subject::before(size_t metric) const {
  size_t index = 0;
  if (SameMetric(input_.last_year, year().metrics[metric], &index) == nullptr) return std::nullopt;
  if (!town_) return DistrictTotal(*input_.last_year, index, 0);
  const std::optional<size_t> same = FindTown(*input_.last_year, town()->code);
  if (!same) return std::nullopt;
  return YearTotal(input_.last_year->towns[*same], index);
}

int Subject::unreported_towns(size_t metric) const {
  if (town_) return 0;
  int count = 0;
  for (const TownYear& each : year().towns)
    count += YearTotal(each, metric).state == FigureState::kNotReported ? 1 : 0;
  return count;
}

std::string UnconfirmedMonths(const DistrictYear& year, size_t town) {
  std::string months;
  int first = 0;  // of the run of months that is under way; 0: none
  for (int month = 1; month <= kMonths + 1; ++month) {
    const bool unconfirmed = month <= kMonths && IsUnconfirmed(year.towns[town], month);
    if (unconfirmed && first == 0) first = month;
    if (unconfirmed || first == 0) continue;
    absl::StrAppend(&months, months.empty() ? "" : "、", first, "月");
    if (month - 1 > first) absl::StrAppend(&months, month - 1 == first + 1 ? "、" : "至", month - 1, "月");
    first = 0;
  }
  return months;
}

}  // namespace zhenhui::reporting::report
