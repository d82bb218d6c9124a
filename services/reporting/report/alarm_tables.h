#pragma once
#include <vector>

#include "services/reporting/report/document.h"
#include "services/reporting/report/report_alarms.h"

namespace zhenhui::reporting::report {

// What a town says about each of its figures that want a look.
Table TownAlarmsTable(const std::vector<ReportAlarm>& alarms);
// How many of each sort each town has, and how many it has explained.
Table AlarmCountsTable(const DistrictYear& year, const std::vector<ReportAlarm>& alarms);
// The explanations of all towns.
Table ExplanationsTable(const DistrictYear& year, const std::vector<ReportAlarm>& alarms);

}  // namespace zhenhui::reporting::report
