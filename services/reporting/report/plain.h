#pragma once
#include <string>
#include <vector>

#include "services/reporting/report/document.h"
#include "services/reporting/report/report_input.h"

// Reports for programs and plain readers. Pure: the same input makes the same text.
namespace zhenhui::reporting::report {

// UTF-8 with a byte order mark, CRLF. One row for each town, metric and period (of the district's also 合计),
// then rows that say where the figures come from (类别 "说明").
std::string WriteCsv(const ReportInput& input);

// The same words as the Word file. What an author has to see to is bold.
std::string WriteMarkdown(const std::vector<Block>& blocks);

// All figures with their periods. Decimals and 64-bit integers are strings; keys stand in a fixed order.
std::string WriteJson(const ReportInput& input);

}  // namespace zhenhui::reporting::report
