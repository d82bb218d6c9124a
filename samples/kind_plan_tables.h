#pragma once
#include <vector>

#include "samples/kind_plans.h"

// The parts of KindPlans(), by the sections of the metric catalogue; only kind_plans.cc uses them.
namespace zhenhui::samples {

std::vector<KindPlan> StudyPlans();        // A, B
std::vector<KindPlan> PublicityPlans();    // C, D
std::vector<KindPlan> EnforcementPlans();  // E, F
std::vector<KindPlan> DisputePlans();      // G, H and the base

inline MeasurePlan Range(const char* code, int64_t low, int64_t high) {
  return {code, MeasurePlan::Draw::kRange, low, high};
}
inline MeasurePlan Share(const char* code, const char* of, int64_t low, int64_t high) {
  return {code, MeasurePlan::Draw::kShareOf, low, high, of};
}
inline MeasurePlan Rest(const char* code, const char* of, const char* minus) {
  return {code, MeasurePlan::Draw::kRestOf, 0, 0, of, minus};
}

}  // namespace zhenhui::samples
