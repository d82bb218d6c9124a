#pragma once
#include <string>
#include <vector>

#include "services/reporting/report/document.h"
#include "services/reporting/report/report_input.h"
#include "services/reporting/report/templates.h"

namespace zhenhui::reporting::report {

// The report in words and tables. What the templates say about figures comes from the year's figures alone;
// where there is none, the author is asked to write. Ends with where the figures come from (ProvenanceLines).
std::vector<Block> WriteNarrative(const ReportInput& input, const Templates& templates);

// Where the figures come from: cut-off date, revisions, the certificate's digest or that it is a draft. A
// line each.
std::vector<std::string> ProvenanceLines(const ReportInput& input);
// The same in one short line, for the foot of each page.
std::string ProvenanceFooter(const ReportInput& input);

}  // namespace zhenhui::reporting::report
