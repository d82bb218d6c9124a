#pragma once
#include <string>
#include <vector>

#include "samples/kind_plans.h"
#include "samples/random.h"
#include "samples/records.h"

namespace zhenhui::samples {

// Makes the invented records of one town in one year; ids count up in the order of the calls. Not
// thread-safe.
class ActivityMaker {
 public:
  ActivityMaker(const std::string& township, int year);

  // `count` records of a kind, spread evenly over the year's working days, with measures by its plan.
  std::vector<Record> Make(const KindPlan& plan, int count);

  // As many as the plan says, times the town's zeal (60 to 140 percent, the same for all kinds).
  std::vector<Record> MakeByPlan(const KindPlan& plan);

  Random& random() { return random_; }

 private:
  Record MakeOne(const KindPlan& plan, Date date);

  const std::string township_;
  const int year_;
  const std::vector<Village> villages_;
  Random random_;
  const int64_t zeal_percent_;
  int next_id_ = 1;
};

// A working day for part `index` of `parts` of a year, never its first or last days.
Date WorkingDay(int year, int index, int parts, Random& random);

// Gives a measure a value in place of its former one, if any.
void SetMeasure(Record& record, const std::string& code, int64_t value);
// 0 when the record has no such measure.
int64_t MeasureOf(const Record& record, const std::string& code);

// All kinds of one town in one year, by plan, sorted by date.
std::vector<Record> ActivitiesByPlan(const std::string& township, int year);

// By date, then by id.
void SortByDate(std::vector<Record>& records);

}  // namespace zhenhui::samples
