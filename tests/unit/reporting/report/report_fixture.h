#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "services/reporting/report/report_input.h"
#include "services/reporting/report/templates.h"

// An invented year of an invented district with the shipped metrics, and ways to look into what was rendered.
namespace zhenhui::testing {

// Three towns, 630106101 to 630106103, all months confirmed. Every figure of every metric, town and period
// differs from every other one as it is printed.
reporting::DistrictYear InventedYear(int year = 2024);

// Sets a metric's figure of a town for the year.
void SetFigure(reporting::DistrictYear* year, size_t town, std::string_view metric,
               const reporting::Figure& figure);
const reporting::Figure& FigureOf(const reporting::DistrictYear& year, size_t town, std::string_view metric);
const reporting::YearMetric& MetricOf(const reporting::DistrictYear& year, std::string_view metric);

inline reporting::Figure Value(int64_t value, int64_t denominator = 0) {
  return {.state = reporting::FigureState::kValue,
          .value = value,
          .denominator = denominator,
          .unconfirmed_months = 0};
}
inline reporting::Figure ConfirmedZero() {
  return {
      .state = reporting::FigureState::kConfirmedZero, .value = 0, .denominator = 0, .unconfirmed_months = 0};
}
inline reporting::Figure NotReported() {
  return {
      .state = reporting::FigureState::kNotReported, .value = 0, .denominator = 0, .unconfirmed_months = 2};
}

// Of the first town, closed once; `year` must outlive it.
reporting::report::ReportInput TownInput(const reporting::DistrictYear& year);
reporting::report::ReportInput DistrictInput(const reporting::DistrictYear& year);

// The built-in templates, for the year's metrics.
const reporting::report::Templates& BuiltInTemplates();

// Renders, and fails the test if that is refused.
std::string Rendered(reporting::report::Format format, const reporting::report::ReportInput& input);

// A part of a zip archive; empty if there is none.
std::string ZipPart(const std::string& archive, const char* name);
// The text of a Word file's paragraphs, one a line, without the tables; or of its tables alone, a row a line.
std::string DocxText(const std::string& docx);
std::string DocxTables(const std::string& docx);

// How often `part` stands in `whole`.
int Count(std::string_view whole, std::string_view part);
// The same of a number, not counting where it is a part of a longer one.
int CountNumber(std::string_view whole, std::string_view number);

}  // namespace zhenhui::testing
