#pragma once
#include <optional>
#include <string>

#include "services/reporting/report/report_input.h"

namespace zhenhui::reporting::report {

// Whose report it is: one town, or the district as the sum of its towns.
class Subject {
 public:
  // `input` must outlive it. The town must be one of the year's.
  explicit Subject(const ReportInput& input);

  const DistrictYear& year() const { return *input_.year; }
  // Null: the district.
  const TownYear* town() const { return town_ ? &year().towns[*town_] : nullptr; }
  std::optional<size_t> town_index() const { return town_; }
  // "上新庄镇", "湟中区"; the code where the name is not known.
  std::string name() const;
  std::string code() const;

  // `period`: an index of YearPeriod.
  Figure figure(size_t metric, int period = 0) const;
  // Last year's, of the same definition; nothing where there is none.
  std::optional<Figure> before(size_t metric) const;
  // Of a district: towns that have not reported it.
  int unreported_towns(size_t metric) const;

 private:
  const ReportInput& input_;
  std::optional<size_t> town_;
};

// Months of the year, 1 to 12, that a town has not confirmed, as "1月、3月至5月"; empty if none.
std::string UnconfirmedMonths(const DistrictYear& year, size_t town);

}  // namespace zhenhui::reporting::report
