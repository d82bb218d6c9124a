#include "services/reporting/domain/oversight/plan_status.h"

#include <algorithm>
#include <utility>

#include "common/status/status_macros.h"
#include "services/reporting/domain/oversight/percent.h"

namespace zhenhui::reporting {
namespace {

int64_t DivideDown(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// What is done, as a fraction of the target's unit.
struct DoneAmount {
  Int128 numerator = 0;
  Int128 denominator = 1;

  bool Reaches(int64_t wanted) const { return numerator >= denominator * wanted; }
};

DoneAmount AmountOf(const MetricPlan& plan, const Figure& done) {
  if (!done.has_value()) return {};
  if (!plan.is_ratio()) return {done.value, 1};
  if (done.denominator <= 0) return {};
  return {Int128{done.value} * 100, done.denominator};
}

PlanState PlanStateOf(const PlanItem& item, const DoneAmount& amount) {
  if (item.done.has_value() && amount.Reaches(item.expectation.target)) return PlanState::kDone;
  if (item.done.state == FigureState::kNotApplicable) return PlanState::kOnPace;
  if (amount.Reaches(item.expectation.expected)) return PlanState::kOnPace;
  return amount.Reaches(item.expectation.due) ? PlanState::kBehind : PlanState::kOverdue;
}

absl::StatusOr<PlanItem> MakeItem(const Vocabulary& vocabulary, const MetricPlan* plan,
                                  const PlanTarget& target, const TownView& town, int year, Date as_of,
                                  Date today) {
  PlanItem item;
  item.target = target;
  item.plan = plan;
  if (town.state->places().township) item.name_zh = town.state->places().township->name_zh;
  item.expectation =
      ExpectationOf(plan == nullptr ? MetricType::kFlow : plan->metric->type, target.quarters, year, as_of);
  if (plan == nullptr) return item;
  const Date new_year(year, 1, 1);
  const Period period{new_year, std::max(as_of, new_year)};
  ASSIGN_OR_RETURN(item.done,
                   MakeFigure(*plan, ReadSums(*plan, *town.state, Place(), DayRange(period),
                                              CompletenessOf(vocabulary, *town.state, period, today))));
  const DoneAmount amount = AmountOf(*plan, item.done);
  item.state = PlanStateOf(item, amount);
  if (item.done.has_value() && item.expectation.target > 0) {
    item.percent =
        PercentText(std::max<Int128>(amount.numerator, 0), amount.denominator * item.expectation.target);
  }
  return item;
}

}  // namespace

PlanExpectation ExpectationOf(MetricType type, const std::array<int64_t, 4>& quarters, int year, Date as_of) {
  const bool adds_up = type == MetricType::kFlow;
  PlanExpectation result;
  int64_t before = 0;  // what stood, or was to be done, at the end of the quarter before
  for (size_t i = 0; i < quarters.size(); ++i) {
    const Date first(year, static_cast<int>(3 * i) + 1, 1);
    const Date next = Date(absl::CivilMonth(first) + 3);
    const int64_t level = adds_up ? before + quarters[i] : quarters[i];
    if (as_of + 1 >= next) {
      result.due = level;
      result.expected = level;
    } else if (as_of >= first) {
      result.expected = before + DivideDown((level - before) * (as_of - first + 1), next - first);
    }
    before = level;
  }
  result.target = before;
  return result;
}

absl::StatusOr<std::vector<PlanItem>> PlanStatusOf(const Vocabulary& vocabulary, const MetricPlans& plans,
                                                   std::span<const PlanTarget> targets,
                                                   std::span<const TownView> towns, int year, Date as_of,
                                                   Date today) {
  std::vector<PlanItem> items;
  for (const PlanTarget& target : targets) {
    const auto town = std::find_if(towns.begin(), towns.end(),
                                   [&](const TownView& view) { return view.code == target.township; });
    if (town == towns.end()) continue;
    const auto plan = plans.Find(target.metric);
    ASSIGN_OR_RETURN(PlanItem item,
                     MakeItem(vocabulary, plan.ok() ? *plan : nullptr, target, *town, year, as_of, today));
    items.push_back(std::move(item));
  }
  return items;
}

}  // namespace zhenhui::reporting
