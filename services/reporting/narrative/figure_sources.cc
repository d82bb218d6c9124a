#include "services/reporting/narrative/figure_sources.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/figure.h"

namespace zhenhui::reporting::narrative {
namespace {

Rational PrintedValue(const MetricPlan& plan, const Figure& figure) {
  if (!figure.has_value()) return Rational();
  const Rational printed(static_cast<Int128>(figure.value) * plan.printed_scale, plan.printed_divisor);
  return plan.is_ratio() && figure.denominator > 0 ? printed / Rational(figure.denominator, 1) : printed;
}

class CubeFigures final : public TownFigureSource {
 public:
  CubeFigures(const Vocabulary& vocabulary, const MetricPlans& plans, TownView town, Date today)
      : vocabulary_(vocabulary), plans_(plans), town_(std::move(town)), today_(today) {}

  std::optional<RecordedFigure> FigureOf(std::string_view metric, const Period& period) const override {
    const absl::StatusOr<const MetricPlan*> plan = plans_.Find(metric);
    if (!plan.ok() || period.end < period.begin) return std::nullopt;
    const TownState& state = *town_.state;
    const FigureSums sums = ReadSums(**plan, state, Place{}, DayRange(period),
                                     CompletenessOf(vocabulary_, state, period, today_));
    const absl::StatusOr<Figure> figure = MakeFigure(**plan, sums);
    if (!figure.ok()) return std::nullopt;
    return RecordedFigure{*figure, PrintFigure(**plan, *figure), PrintedValue(**plan, *figure)};
  }

  Bilingual AsOf() const override {
    const Applied& applied = town_.state->applied();
    const int64_t activities = applied[Feed::kActivities];
    const int64_t register_of_places = applied[Feed::kTownships];
    return {absl::StrCat("截至活动数据第", activities, "版、名录数据第", register_of_places, "版（未结账）"),
            absl::StrCat("as of revision ", activities, " of the activities and ", register_of_places,
                         " of the register (year not closed)")};
  }

 private:
  const Vocabulary& vocabulary_;
  const MetricPlans& plans_;
  const TownView town_;
  const Date today_;
};

}  // namespace

checker::Recorded TownFigureSource::Lookup(std::string_view metric, const Period& period) const {
  const std::optional<RecordedFigure> found = FigureOf(metric, period);
  if (!found) return {};
  return {found->figure.state, found->value,
          absl::StrCat(std::string(metric), " ", FormatDate(period.begin), " ", FormatDate(period.end))};
}

absl::StatusOr<FigureSources::Opened> OpenFigures::Open(const std::string& township, int /*year*/,
                                                        absl::Time /*deadline*/) {
  ASSIGN_OR_RETURN(TownStatePtr state, cube_.Snapshot(township));
  Opened opened;
  const Places& places = state->places();
  opened.town_name_zh = places.township ? places.township->name_zh : township;
  opened.place_names.push_back(opened.town_name_zh);
  for (const auto& [member, village] : places.villages) opened.place_names.push_back(village.name_zh);
  opened.figures = std::make_unique<CubeFigures>(cube_.vocabulary(), plans_,
                                                 TownView{township, std::move(state)}, clock_.Today());
  return opened;
}

}  // namespace zhenhui::reporting::narrative
