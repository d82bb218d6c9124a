#include "services/reporting/report/alarm_tables.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/reporting/report/wording.h"

namespace zhenhui::reporting::report {

Table TownAlarmsTable(const std::vector<ReportAlarm>& alarms) {
  Table table;
  table.columns = {{"提示"}, {"内容"}, {"乡镇（街道）说明"}};
  for (const ReportAlarm& alarm : alarms)
    table.rows.push_back({AlarmWord(alarm.type), alarm.text, ExplanationText(alarm)});
  return table;
}

Table AlarmCountsTable(const DistrictYear& year, const std::vector<ReportAlarm>& alarms) {
  constexpr AlarmType kPrinted[] = {AlarmType::kJump, AlarmType::kSameEveryMonth, AlarmType::kPartAndWhole};
  Table table;
  table.caption = "各乡镇（街道）需要说明的数据";
  table.columns = {{"乡镇（街道）"}};
  for (const AlarmType type : kPrinted) table.columns.push_back({AlarmWord(type), true});
  table.columns.insert(table.columns.end(), {{"已说明", true}, {"未说明", true}});
  for (size_t town = 0; town < year.towns.size(); ++town) {
    std::vector<std::string> row = {OneLine(year.towns[town].name_zh)};
    const auto count = [&](const auto& counts) {
      row.push_back(absl::StrCat(std::count_if(alarms.begin(), alarms.end(), [&](const ReportAlarm& alarm) {
        return alarm.town == town && counts(alarm);
      })));
    };
    for (const AlarmType type : kPrinted)
      count([type](const ReportAlarm& alarm) { return alarm.type == type; });
    count([](const ReportAlarm& alarm) { return !alarm.explanation.empty(); });
    count([](const ReportAlarm& alarm) { return alarm.explanation.empty(); });
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ExplanationsTable(const DistrictYear& year, const std::vector<ReportAlarm>& alarms) {
  Table table;
  table.caption = "各乡镇（街道）的说明";
  table.columns = {{"乡镇（街道）"}, {"内容"}, {"说明"}};
  for (const ReportAlarm& alarm : alarms) {
    if (!alarm.explanation.empty())
      table.rows.push_back({OneLine(year.towns[alarm.town].name_zh), alarm.text, ExplanationText(alarm)});
  }
  return table;
}

}  // namespace zhenhui::reporting::report
