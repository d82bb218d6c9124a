#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/date.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/metric_plan.h"

// All figures of one district's year: what towns sign, what is certified, and what reports are printed from.
namespace zhenhui::reporting {

// The periods of a year, in the canonical order: the year, its four quarters, its twelve months.
inline constexpr int kYearPeriods = 17;
// Of index 0 to 16.
Period YearPeriod(int year, int index);
// "2024", "2024-Q1" to "2024-Q4", "2024-01" to "2024-12".
std::string YearPeriodName(int year, int index);
// The index of such a name; nothing if it is none of this year.
std::optional<int> YearPeriodIndex(int year, std::string_view name);

// A metric as it was defined when the figures were taken. Everything that a report prints of it, so that a
// closed year can be printed without the catalogue of its time.
struct YearMetric {
  std::string code;
  int version = 1;
  MetricType type = MetricType::kFlow;
  bool core = false;
  std::string section;  // "A" to "H", "base"
  Bilingual name;
  Bilingual unit;
  Bilingual definition;
  std::string formula;  // with the denominator's behind " / ": what the version stands for
  int ratio_scale = 1;
  int decimal_shift = 0;
  std::optional<bool> higher_is_better;
  std::vector<std::string> at_most;  // codes of metrics that this one's value should not exceed, sorted

  friend bool operator==(const YearMetric&, const YearMetric&) = default;
};

// A metric's figures, by the index of their period.
using YearFigures = std::array<Figure, kYearPeriods>;

struct TownYear {
  std::string code;  // 9 digits
  std::string name_zh;
  Applied revisions;                 // that the figures include
  int villages = 0;                  // that exist on 31 December
  int64_t residents = 0;             // of the year; 0: not known
  std::vector<YearFigures> figures;  // one row for each metric, in DistrictYear::metrics' order

  friend bool operator==(const TownYear&, const TownYear&) = default;
};

struct DistrictYear {
  std::string district;  // 6 digits
  std::string name_zh;   // may be empty where it is not known
  int year = 0;
  int64_t catalogue_version = 0;
  std::vector<YearMetric> metrics;  // by code
  std::vector<TownYear> towns;      // by code; those that existed on a day of the year

  friend bool operator==(const DistrictYear&, const DistrictYear&) = default;
};

// The figures of these towns (by code), read as if it were 31 December of the year or later, so that they do
// not depend on the day on which they are asked for. `name_zh`: of the district, may be empty. OUT_OF_RANGE,
// FIGURE_TOO_LARGE.
absl::StatusOr<DistrictYear> BuildDistrictYear(const Vocabulary& vocabulary, const MetricPlans& plans,
                                               std::span<const TownView> towns, std::string district,
                                               std::string name_zh, int year);

// What a definition is made of, as a digest: 64 hex digits. Two versions of a metric that count alike and
// print alike differ only in their version.
std::string DefinitionDigest(const YearMetric& metric);

// OUT_OF_RANGE, FIGURE_TOO_LARGE, where the towns' figures together do not fit 64 bits.
absl::Status CheckTotals(const DistrictYear& year);

// What towns sign: the canonical text of a town's year (CERTIFICATE.md). Revisions and names are not
// in it: a signature is void when a figure has changed, not when a record has.
std::string TownYearText(const DistrictYear& year, size_t town);
// The digests of all towns, in their order.
std::vector<std::string> TownDigests(const DistrictYear& year);
// What the district approves: over the digests of all towns, which are given in the order of `year.towns`.
std::string DistrictDigest(const DistrictYear& year, std::span<const std::string> town_digests);

// The index of a metric or a town by its code; nothing if there is none.
std::optional<size_t> FindMetric(const DistrictYear& year, std::string_view code);
std::optional<size_t> FindTown(const DistrictYear& year, std::string_view code);

// As it is printed: "43", "1234.50", "97.56"; empty unless the figure has a value. The same text as
// PrintFigure's.
std::string PrintYearFigure(const YearMetric& metric, const Figure& figure);
// The same for a person also where there is no value: "未报", "不适用", "0" (confirmed).
std::string YearFigureText(const YearMetric& metric, const Figure& figure);

// All towns together: values and denominators summed; a value where a town has one.
Figure DistrictTotal(const DistrictYear& year, size_t metric, int period);

}  // namespace zhenhui::reporting
