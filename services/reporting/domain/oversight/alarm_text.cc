// What alarms say, in both languages.
#include <string>

#include "absl/strings/str_cat.h"
#include "services/reporting/domain/oversight/alarms.h"
#include "services/reporting/domain/oversight/percent.h"

namespace zhenhui::reporting {
namespace {

std::string WithUnit(const MetricPlan& plan, const Figure& figure, bool chinese) {
  const Bilingual& unit = plan.metric->unit;
  return chinese ? absl::StrCat(PrintFigure(plan, figure), unit.zh)
                 : absl::StrCat(PrintFigure(plan, figure), unit.en.empty() ? "" : " ", unit.en);
}

// "2024年", "2024年1—9月", "2024年3月".
std::string PeriodZh(const Alarm& alarm) {
  const Date first = alarm.period.begin;
  const Date last = alarm.period.end;
  if (alarm.months == 12) return absl::StrCat(first.year(), "年");
  if (alarm.months == 1) return absl::StrCat(first.year(), "年", first.month(), "月");
  return absl::StrCat(first.year(), "年", first.month(), "—", last.month(), "月");
}

std::string PeriodEn(const Alarm& alarm) {
  if (alarm.months == 12) return absl::StrCat(alarm.period.begin.year());
  return absl::StrCat(FormatDate(alarm.period.begin).substr(0, 7), " to ",
                      FormatDate(alarm.period.end).substr(0, 7));
}

// By how much a figure differs from last year's.
struct JumpSize {
  bool up = false;
  std::string percent;
};

JumpSize JumpOf(const Alarm& alarm) {
  const bool ratio = alarm.plan->is_ratio();
  const Int128 now = Int128{alarm.figure.value} * (ratio ? alarm.other.denominator : 1);
  const Int128 then = Int128{alarm.other.value} * (ratio ? alarm.figure.denominator : 1);
  const Int128 difference = now > then ? now - then : then - now;
  constexpr Int128 kLarge = Int128{1} << 110;  // what PercentText takes
  const Int128 scale = difference > kLarge || then > kLarge ? Int128{1} << 20 : 1;
  return {now > then, PercentText(difference / scale, then / scale)};
}

}  // namespace

std::string MessageZh(const Alarm& alarm) {
  const std::string head = absl::StrCat(alarm.plan->metric->name.zh, PeriodZh(alarm));
  const std::string figure = WithUnit(*alarm.plan, alarm.figure, true);
  const std::string other = WithUnit(alarm.whole != nullptr ? *alarm.whole : *alarm.plan, alarm.other, true);
  switch (alarm.type) {
    case AlarmType::kJump: {
      const JumpSize jump = JumpOf(alarm);
      return absl::StrCat(head, "为", figure, "，上年同期为", other, "，", jump.up ? "上升" : "下降",
                          jump.percent, "%，超过30%，请说明原因");
    }
    case AlarmType::kOneVillage:
      return absl::StrCat(head, "共", figure, "，其中", alarm.village_name, other, "，超过半数");
    case AlarmType::kSameEveryMonth:
      return absl::StrCat(head, "连续", alarm.months, "个月均为", other, "，请核实");
    case AlarmType::kPartAndWhole:
      return absl::StrCat(head, "为", figure, "，大于", alarm.whole->metric->name.zh, other,
                          "，部分大于总数");
  }
  return head;
}

std::string MessageEn(const Alarm& alarm) {
  const std::string head = absl::StrCat(alarm.plan->metric->name.en, " in ", PeriodEn(alarm), ": ");
  const std::string figure = WithUnit(*alarm.plan, alarm.figure, false);
  const std::string other = WithUnit(alarm.whole != nullptr ? *alarm.whole : *alarm.plan, alarm.other, false);
  switch (alarm.type) {
    case AlarmType::kJump: {
      const JumpSize jump = JumpOf(alarm);
      return absl::StrCat(head, figure, ", a year before ", other, ": ", jump.up ? "up " : "down ",
                          jump.percent, "%, more than 30%; say why");
    }
    case AlarmType::kOneVillage:
      return absl::StrCat(head, figure, " in all, ", other, " of them in village ", alarm.village,
                          ", more than half");
    case AlarmType::kSameEveryMonth:
      return absl::StrCat(head, other, " in each of ", alarm.months, " months on end; check it");
    case AlarmType::kPartAndWhole:
      return absl::StrCat(head, figure, ", more than ", alarm.whole->metric->name.en, ", ", other,
                          ", which it is a part of");
  }
  return head;
}

}  // namespace zhenhui::reporting
