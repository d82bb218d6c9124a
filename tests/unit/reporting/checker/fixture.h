#pragma once
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/reporting/checker/checker.h"

namespace zhenhui::reporting::checker::testing {

// The shipped metrics and phrases, loaded once.
const MetricCatalogue& ShippedCatalogue();
const Lexicon& ShippedLexicon();

// Recorded figures by metric; last year's beside them. What was never set is not reported.
class FakeFigures : public FigureSource {
 public:
  explicit FakeFigures(int year = 2024) : year_(year) {}

  FakeFigures& Set(std::string metric, Int128 value, Int128 denominator = 1);
  FakeFigures& SetLastYear(std::string metric, Int128 value, Int128 denominator = 1);
  FakeFigures& SetFor(std::string metric, const Period& period, Int128 value);
  FakeFigures& SetState(std::string metric, FigureState state);

  // The reference is "<metric>@<first day>".
  Recorded Lookup(std::string_view metric, const Period& period) const override;

 private:
  int year_;
  std::map<std::pair<std::string, std::string>, Recorded> cells_;  // by metric and the period's days
};

// All findings of a text that is asked for 2024.
std::vector<Finding> Check(std::string_view text, const FigureSource& source);
std::vector<Finding> Check(std::string_view text);  // nothing recorded

// "40余场次=publicity_events" for each claim: the quote and the metric, "-" without one, "a|b" in the order
// of the alphabet for an ambiguous one; contradictions of the text with itself are left out.
std::vector<std::string> Links(const std::vector<Finding>& findings);

}  // namespace zhenhui::reporting::checker::testing
