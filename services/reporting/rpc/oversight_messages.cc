#include "services/reporting/rpc/oversight_messages.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

std::string RecordOf(const Gap& gap) {
  switch (gap.type) {
    case GapType::kVillage:
    case GapType::kNoCounsel:
      return VillageName(gap.township, gap.member);
    case GapType::kRosterEntry:
      return absl::StrCat(TownshipName(gap.township), "/rosterEntries/", gap.member);
    case GapType::kAudience:
      break;
  }
  return "";
}

}  // namespace

void ToProto(const PlanItem& item, v1::PlanItem* out) {
  out->set_township(TownshipName(item.target.township));
  out->set_display_name_zh(item.name_zh);
  out->set_metric(absl::StrCat("metrics/", item.target.metric));
  out->set_target(item.expectation.target);
  out->set_state(static_cast<v1::PlanState>(item.state));
  out->set_note(item.target.note);
  out->set_target_revision(item.target.revision);
  if (item.plan == nullptr) return;
  ToProto(item.done, PrintFigure(*item.plan, item.done), out->mutable_done());
  out->set_expected(item.expectation.expected);
  out->set_due(item.expectation.due);
  out->set_percent(item.percent);
}

void ToProto(const Gap& gap, v1::Gap* out) {
  out->set_type(static_cast<v1::GapType>(gap.type));
  out->set_township(TownshipName(gap.township));
  out->set_member(gap.member);
  out->set_display_name_zh(gap.name_zh);
  out->set_last_month(gap.last_month);
  out->set_record(RecordOf(gap));
}

void ToProto(const std::string& township, const VillageEvenness& evenness, v1::VillageEvenness* out) {
  out->set_township(TownshipName(township));
  if (evenness.gini_ten_thousandths) {
    out->set_gini(absl::StrFormat("%d.%04d", *evenness.gini_ten_thousandths / 10'000,
                                  *evenness.gini_ten_thousandths % 10'000));
  }
  out->set_reached(evenness.reached);
  out->set_villages(evenness.villages);
}

void ToProto(const Alarm& alarm, const AlarmExplanation* explanation, v1::Alarm* out) {
  const MetricPlan& other_plan = alarm.whole != nullptr ? *alarm.whole : *alarm.plan;
  out->set_name(absl::StrCat(TownshipName(alarm.township), "/alarms/", alarm.id));
  out->set_type(static_cast<v1::AlarmType>(alarm.type));
  out->set_metric(alarm.plan->name);
  out->set_message_zh(MessageZh(alarm));
  out->set_message_en(MessageEn(alarm));
  ToProto(alarm.figure, PrintFigure(*alarm.plan, alarm.figure), out->mutable_figure());
  ToProto(alarm.other, PrintFigure(other_plan, alarm.other), out->mutable_other());
  out->set_member(alarm.whole != nullptr ? alarm.whole->name : alarm.village);
  out->set_start_date(FormatDate(alarm.period.begin));
  out->set_end_date(FormatDate(alarm.period.end));
  if (explanation == nullptr) return;
  out->set_explanation(explanation->text);
  out->set_explained_by(explanation->by);
  const int64_t micros = absl::ToUnixMicros(explanation->at);
  out->mutable_explain_time()->set_seconds(micros / 1'000'000);
  out->mutable_explain_time()->set_nanos(static_cast<int32_t>(micros % 1'000'000 * 1000));
}

}  // namespace zhenhui::reporting
