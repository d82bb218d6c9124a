#pragma once
#include "services/reporting/checker/claim.h"
#include "services/reporting/checker/finding.h"

namespace zhenhui::reporting::checker {

// Fills the messages and suggestions from the rest of `finding`. `metric` may be null.
void WriteMessages(const Claim& claim, const MetricPhrases* metric, Finding& finding);

}  // namespace zhenhui::reporting::checker
