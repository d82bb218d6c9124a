#pragma once
#include <string>
#include <string_view>

#include "common/time/date.h"
#include "services/reporting/report/report_input.h"

// Figures, dates and ordinals as Chinese official prose writes them. Pure; nothing here rounds a figure that
// is exact.
namespace zhenhui::reporting::report {

// The year's own figure.
const Figure& YearTotal(const TownYear& town, size_t metric);
// The same metric of last year's figures, by its code and the same version of its definition; null if there
// is none: figures of two definitions are not compared.
const YearMetric* SameMetric(const DistrictYear* last_year, const YearMetric& metric, size_t* index);

// "有数据", "已确认的零", "未报", "不适用".
const char* StateWord(FigureState state);
// "43件", "97.56%", "未报", "不适用".
std::string FigureWithUnit(const YearMetric& metric, const Figure& figure);
// "同比上升12.50%", "上升1.20个百分点", "较上年末增加3名", "与上年持平", "上年为0"; empty where there is
// nothing to compare.
std::string ChangeWords(const YearMetric& metric, const Figure& now, const Figure& before);
// The same as a number for a table: "12.50", "-1.20"; of a stock the difference. Empty where there is none.
std::string ChangeNumber(const YearMetric& metric, const Figure& now, const Figure& before);
// What ChangeNumber counts in: "%", "个百分点", or the metric's unit.
std::string ChangeUnit(const YearMetric& metric);

// "2024年1月8日": no leading zeros.
std::string ChineseDate(Date date);
// 1 to 99: "一", "十", "二十一".
std::string ChineseOrdinal(int number);
// Without control characters, which neither XML nor a line of a template can hold.
std::string OneLine(std::string_view text);

}  // namespace zhenhui::reporting::report
