#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/reporting/domain/year_end/district_year.h"

// What differs between two states of a town's year.
namespace zhenhui::reporting {

// One figure, before and after.
struct FigureChange {
  std::string metric;  // code
  int period = 0;      // index
  Figure before;
  Figure after;
  friend bool operator==(const FigureChange&, const FigureChange&) = default;
};

// The figures of a town by metric. Metrics by code.
struct TownFigures {
  struct Row {
    std::string metric;
    int version = 1;
    YearFigures figures;
    friend bool operator==(const Row&, const Row&) = default;
  };
  int villages = 0;
  int64_t residents = 0;
  std::vector<Row> rows;
  friend bool operator==(const TownFigures&, const TownFigures&) = default;
};

TownFigures FiguresOfTown(const DistrictYear& year, size_t town);
// Of a town that is not in the year: no figure applies.
TownFigures FiguresOfAbsentTown(const DistrictYear& year);
// Reads what TownYearText wrote. INVALID_ARGUMENT, CERTIFICATE_INVALID.
absl::StatusOr<TownFigures> ParseTownYearText(std::string_view text);

// The figures that differ, by metric and period. Only of metrics whose definition has the same version on
// both sides: a new definition is no late change. Nor is it one from one way of having no value to another.
std::vector<FigureChange> ChangedFigures(const TownFigures& before, const TownFigures& after);

// For a person, at most `most`: "law_lectures: 6 -> 7", where only quarters or months differ with the period
// ("law_lectures 2024-03: 1 -> 2"), "villages: 3 -> 4", "law_lectures: version 1 -> 2".
std::vector<std::string> DescribeChanges(const DistrictYear& year, const TownFigures& before,
                                         const TownFigures& after, size_t most);

}  // namespace zhenhui::reporting
