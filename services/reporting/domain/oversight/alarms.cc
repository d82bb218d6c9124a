#include "services/reporting/domain/oversight/alarms.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/series.h"

namespace zhenhui::reporting {
namespace {

constexpr int kJumpPercent = 30;
constexpr int64_t kFewestCases = 4;
constexpr int kSameMonths = 3;
constexpr std::string_view kCasesEnd = ".cases";

// Looks for the alarms of one town.
class Watch {
 public:
  Watch(const Vocabulary& vocabulary, const MetricPlans& plans, const TownView& town, int year, int months,
        Date today)
      : vocabulary_(vocabulary), plans_(plans), town_(town), year_(year), months_(months), today_(today) {}

  absl::Status Jumps();
  absl::Status OneVillage();
  absl::Status SameEveryMonth();
  absl::Status PartsAndWholes();

  std::vector<Alarm> Take() { return std::move(alarms_); }

 private:
  Period Months(int year, int first, int last) const {
    return {Date(year, first, 1), Date(absl::CivilMonth(year, last) + 1) - 1};
  }
  Period ThisYear() const { return Months(year_, 1, months_); }
  absl::StatusOr<Figure> Read(const MetricPlan& plan, const Period& period, Place place = Place()) const {
    return MakeFigure(plan, ReadSums(plan, *town_.state, place, DayRange(period),
                                     CompletenessOf(vocabulary_, *town_.state, period, today_)));
  }
  void Add(AlarmType type, const char* name, const MetricPlan& plan, const Figure& figure,
           const Figure& other, const Period& period) {
    Alarm& alarm = alarms_.emplace_back();
    alarm.type = type;
    alarm.township = town_.code;
    alarm.id = absl::StrCat(year_, ".", name, ".", plan.metric->code);
    alarm.plan = &plan;
    alarm.figure = figure;
    alarm.other = other;
    alarm.period = period;
    alarm.months = period.end.month() - period.begin.month() + 1;
  }
  bool CountsCases(const MetricPlan& plan) const {
    return plan.metric->type == MetricType::kFlow &&
           std::all_of(plan.value.begin(), plan.value.end(), [&](const PlanTerm& term) {
             return term.coefficient == 1 && vocabulary_.SeriesName(term.series).ends_with(kCasesEnd);
           });
  }
  absl::Status ComparePart(const MetricPlan& part, const MetricPlan& whole);

  const Vocabulary& vocabulary_;
  const MetricPlans& plans_;
  const TownView& town_;
  const int year_;
  const int months_;  // that are over, at least 1
  const Date today_;
  std::vector<Alarm> alarms_;
};

absl::Status Watch::Jumps() {
  for (const MetricPlan& plan : plans_.all()) {
    ASSIGN_OR_RETURN(const Figure now, Read(plan, ThisYear()));
    ASSIGN_OR_RETURN(const Figure then, Read(plan, Months(year_ - 1, 1, months_)));
    if (IsJump(plan.is_ratio(), now, then)) Add(AlarmType::kJump, "jump", plan, now, then, ThisYear());
  }
  return absl::OkStatus();
}

absl::Status Watch::OneVillage() {
  const Period period = ThisYear();
  const auto& villages = town_.state->places().villages;
  const auto standing = std::count_if(villages.begin(), villages.end(),
                                      [&](const auto& entry) { return entry.second.valid.Overlaps(period); });
  if (standing < 2) return absl::OkStatus();
  for (const MetricPlan& plan : plans_.all()) {
    if (!CountsCases(plan)) continue;
    ASSIGN_OR_RETURN(const Figure town, Read(plan, period));
    if (!town.has_value() || town.value < kFewestCases) continue;
    for (const auto& [member, facts] : villages) {
      ASSIGN_OR_RETURN(const Figure village, Read(plan, period, {Grain::kVillage, member}));
      if (!village.has_value() || Int128{village.value} * 2 <= town.value) continue;
      Add(AlarmType::kOneVillage, "one_village", plan, town, village, period);
      alarms_.back().village = std::string(vocabulary_.MemberCode(member));
      alarms_.back().village_name = facts.name_zh;
    }
  }
  return absl::OkStatus();
}

// One alarm for a metric: its longest run, the last one of several.
absl::Status Watch::SameEveryMonth() {
  for (const MetricPlan& plan : plans_.all()) {
    if (plan.metric->type != MetricType::kFlow) continue;
    std::vector<int64_t> values;
    for (int month = 1; month <= months_; ++month) {
      ASSIGN_OR_RETURN(const Figure figure, Read(plan, Months(year_, month, month)));
      values.push_back(figure.has_value() ? figure.value : 0);
    }
    const std::optional<SameRun> same = LongestSameRun(values);
    if (!same) continue;
    const Period run = Months(year_, same->first, same->first + same->length - 1);
    ASSIGN_OR_RETURN(const Figure sum, Read(plan, run));
    ASSIGN_OR_RETURN(const Figure single, Read(plan, Months(year_, same->first, same->first)));
    Add(AlarmType::kSameEveryMonth, "same_every_month", plan, sum, single, run);
  }
  return absl::OkStatus();
}

absl::Status Watch::ComparePart(const MetricPlan& part, const MetricPlan& whole) {
  if (part.is_ratio() || whole.is_ratio()) return absl::OkStatus();
  ASSIGN_OR_RETURN(const Figure figure, Read(part, ThisYear()));
  ASSIGN_OR_RETURN(const Figure other, Read(whole, ThisYear()));
  // Of a whole that nobody reported yet, nothing can be said.
  if (!figure.has_value() || !other.has_value() || figure.value <= other.value) return absl::OkStatus();
  Add(AlarmType::kPartAndWhole, "part_and_whole", part, figure, other, ThisYear());
  absl::StrAppend(&alarms_.back().id, ".", whole.metric->code);
  alarms_.back().whole = &whole;
  return absl::OkStatus();
}

// That the parts of a whole make it up is a matter of their formulas, which the catalogue's loading proves.
absl::Status Watch::PartsAndWholes() {
  for (const MetricPlan& plan : plans_.all()) {
    for (const std::string& code : plan.metric->at_most) {
      ASSIGN_OR_RETURN(const MetricPlan* const whole, plans_.Find(code));
      RETURN_IF_ERROR(ComparePart(plan, *whole));
    }
    for (const std::string& code : plan.metric->parts) {
      ASSIGN_OR_RETURN(const MetricPlan* const part, plans_.Find(code));
      RETURN_IF_ERROR(ComparePart(*part, plan));
    }
  }
  return absl::OkStatus();
}

// How many months of the year are over.
int MonthsOver(int year, Date today) {
  if (today.year() != year) return today.year() > year ? 12 : 0;
  return today.month() - 1;
}

}  // namespace

// Fractions are compared crosswise.
bool IsJump(bool ratio, const Figure& now, const Figure& before) {
  if (!now.has_value() || !before.has_value() || before.value <= 0) return false;
  const Int128 a = Int128{now.value} * (ratio ? before.denominator : 1);
  const Int128 b = Int128{before.value} * (ratio ? now.denominator : 1);
  const Int128 difference = a > b ? a - b : b - a;
  // 128 bits hold 100 times what the product of two figures of real life is; beyond it, hundredths are
  // enough.
  constexpr Int128 kLarge = Int128{1} << 118;
  if (difference > kLarge || b > kLarge) return difference / kJumpPercent > b / 100;
  return difference * 100 > b * kJumpPercent;
}

std::optional<SameRun> LongestSameRun(std::span<const int64_t> months) {
  SameRun best;
  int begin = 1;
  for (size_t i = 0; i < months.size(); ++i) {
    const int month = static_cast<int>(i) + 1;
    if (i == 0 || months[i] != months[i - 1]) begin = month;
    const int length = month - begin + 1;
    if (months[i] != 0 && length >= kSameMonths && length >= best.length) best = {begin, length};
  }
  return best.length == 0 ? std::nullopt : std::optional<SameRun>(best);
}

absl::StatusOr<std::vector<Alarm>> AlarmsOf(const Vocabulary& vocabulary, const MetricPlans& plans,
                                            const TownView& town, int year, Date today,
                                            const std::set<AlarmType>& types) {
  const int months = MonthsOver(year, today);
  if (months == 0) return std::vector<Alarm>();
  Watch watch(vocabulary, plans, town, year, months, today);
  const auto wanted = [&](AlarmType type) { return types.empty() || types.contains(type); };
  if (wanted(AlarmType::kJump)) RETURN_IF_ERROR(watch.Jumps());
  if (wanted(AlarmType::kOneVillage)) RETURN_IF_ERROR(watch.OneVillage());
  if (wanted(AlarmType::kSameEveryMonth)) RETURN_IF_ERROR(watch.SameEveryMonth());
  if (wanted(AlarmType::kPartAndWhole)) RETURN_IF_ERROR(watch.PartsAndWholes());
  return watch.Take();
}

std::string FingerprintOf(const Alarm& alarm) {
  return absl::StrCat(alarm.figure.value, "/", alarm.figure.denominator, " ", alarm.other.value, "/",
                      alarm.other.denominator, " ", FormatDate(alarm.period.begin), " ",
                      FormatDate(alarm.period.end), " ", alarm.village);
}

}  // namespace zhenhui::reporting
