#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace zhenhui::samples {

// How a measure's value comes about.
struct MeasurePlan {
  enum class Draw {
    kRange,    // from low to high
    kShareOf,  // low to high percent of `of`, rounded half up
    kRestOf,   // `of` minus `minus`: parts that add up to their whole
  };
  const char* code;
  Draw draw = Draw::kRange;
  int64_t low = 0;
  int64_t high = 0;
  const char* of = "";
  const char* minus = "";
};

// What a town of middling zeal does of one kind in a year. Codes are those of the activities service's
// catalogue.
struct KindPlan {
  const char* kind;
  int low;  // records a year, both inclusive
  int high;
  int village_percent;              // share of records that happen in a village
  std::vector<const char*> topics;  // titles, after the mark of invention
  std::vector<MeasurePlan> measures;
  std::vector<const char*> audiences;
  std::vector<const char*> channels;
};

const std::vector<KindPlan>& KindPlans();

// The plan of a kind that is in KindPlans().
const KindPlan& PlanOf(const std::string& kind);

// Measure columns of the activity files, in the catalogue's order.
const std::vector<const char*>& MeasureColumns();

}  // namespace zhenhui::samples
