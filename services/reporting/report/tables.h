#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/report/document.h"
#include "services/reporting/report/report_input.h"
#include "services/reporting/report/templates.h"

namespace zhenhui::reporting::report {

// The metrics of a field of work in the order of print: as the templates name them, then by code.
std::vector<size_t> MetricsOfSection(const DistrictYear& year, const Templates& templates,
                                     std::string_view letter);

// The tables that templates may place, by name: of a town "figures", "quarters" and "alarms"; of the district
// "completeness", "alarms" (counts), "explanations", "values A" to "values H" and "normalised A" to
// "normalised H".
std::map<std::string, std::vector<Table>> ReportTables(const ReportInput& input, const Templates& templates);

// As a cell shows it: "43", "43＊" with unconfirmed months, "0", "未报", "不适用".
std::string FigureCell(const YearMetric& metric, const Figure& figure);

}  // namespace zhenhui::reporting::report
