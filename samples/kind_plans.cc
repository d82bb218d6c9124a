#include "samples/kind_plans.h"

#include <algorithm>
#include <cstdlib>

#include "samples/kind_plan_tables.h"

namespace zhenhui::samples {

const std::vector<KindPlan>& KindPlans() {
  static const std::vector<KindPlan> plans = [] {
    std::vector<KindPlan> all;
    for (const auto& section : {StudyPlans(), PublicityPlans(), EnforcementPlans(), DisputePlans()}) {
      all.insert(all.end(), section.begin(), section.end());
    }
    return all;
  }();
  return plans;
}

const KindPlan& PlanOf(const std::string& kind) {
  const auto found = std::find_if(KindPlans().begin(), KindPlans().end(),
                                  [&](const KindPlan& plan) { return plan.kind == kind; });
  if (found == KindPlans().end()) std::abort();
  return *found;
}

const std::vector<const char*>& MeasureColumns() {
  static const std::vector<const char*> columns = {
      "occurrences", "attendances", "persons",    "copies",       "consultations", "cases",
      "items",       "hours",       "fen",        "issues",       "units",         "due",
      "sat",         "passed",      "by_counsel", "documents",    "mediations",    "enterprises",
      "missed",      "opinions",    "files",      "disputes",     "success",       "oral",
      "written",     "closed",      "head_due",   "head_appeared"};
  return columns;
}

}  // namespace zhenhui::samples
