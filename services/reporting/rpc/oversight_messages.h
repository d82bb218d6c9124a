#pragma once
#include "services/reporting/domain/oversight/alarm_store.h"
#include "services/reporting/domain/oversight/alarms.h"
#include "services/reporting/domain/oversight/gaps.h"
#include "services/reporting/domain/oversight/plan_status.h"
#include "zhenhui/reporting/v1/oversight_service.pb.h"

// From the domain of oversight to the public messages: pure functions.
namespace zhenhui::reporting {

void ToProto(const PlanItem& item, v1::PlanItem* out);
void ToProto(const Gap& gap, v1::Gap* out);
void ToProto(const std::string& township, const VillageEvenness& evenness, v1::VillageEvenness* out);
// `explanation`: null when there is none of this figure.
void ToProto(const Alarm& alarm, const AlarmExplanation* explanation, v1::Alarm* out);

}  // namespace zhenhui::reporting
