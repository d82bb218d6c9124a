#pragma once
#include <string>
#include <vector>

#include "services/reporting/domain/oversight/alarms.h"
#include "services/reporting/report/report_input.h"

// The figures of a report that want a look, with what the towns say about them. Found in the figures that the
// report prints, so a closed year's are those of its certificate; that one village has most of a town's cases
// is not among them, because a year's figures are not kept by village (ListAlarms tells it).
namespace zhenhui::reporting::report {

struct ReportAlarm {
  size_t town = 0;  // index into the year's towns
  AlarmType type = AlarmType::kJump;
  std::string id;           // as ListAlarms names it: "2024.jump.law_lectures"
  std::string text;         // "法治宣传活动43场次，上年27场次，同比上升59.26%"
  std::string explanation;  // the town's; empty: none
  std::string explained_by;
  bool other_figures = false;  // it explains figures that have changed since
};

// Of the town, or of all towns of the district's report: by town, type and metric. Of core metrics, and of
// others that a town has explained. Empty while the year is not over: ListAlarms knows which months to
// compare.
std::vector<ReportAlarm> AlarmsOfReport(const ReportInput& input);

// "同比变化大", "各月相同", "部分大于总数".
const char* AlarmWord(AlarmType type);

// "未说明", the explanation, or the explanation with the remark that it is of other figures.
std::string ExplanationText(const ReportAlarm& alarm);

}  // namespace zhenhui::reporting::report
