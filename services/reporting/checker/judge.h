#pragma once
#include "services/reporting/checker/checker.h"
#include "services/reporting/checker/claim.h"

// Compares one claim with the recorded figures. The order of the questions:
//   no metric, several metrics           unlinked, ambiguous metric
//   a plan, an aim, a norm, next year    plan not result
//   counted in another unit              unit mismatch
//   the text names another year          wrong period, unless it is named to compare with (去年)
//   no value recorded                    no record
//   inside the interval                  match (one value) or approximate match (余, 约, 以上 ...)
//   4000 for 4160, 96% for 95.65%        rounding
//   the year before has that very value  wrong period
//   else                                 overstated or understated
// Changes (同比增长12%) are computed from both years' values, exactly.
namespace zhenhui::reporting::checker {

Finding Judge(const Claim& claim, const FigureSource& source, const CheckOptions& options);

// The finding without a verdict: position, quote, form, interval, metric, period.
Finding Describe(const Claim& claim);

}  // namespace zhenhui::reporting::checker
