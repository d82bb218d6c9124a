#pragma once
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/report/comparison_file.h"

// The columns of a comparison's file, and what stands in them.
namespace zhenhui::reporting::report {

struct ComparisonColumn {
  std::string_view heading;
  bool number = false;
};

inline constexpr std::array<ComparisonColumn, 28> kComparisonColumns = {{
    {"指标代码"},
    {"指标"},
    {"单位"},
    {"乡镇代码"},
    {"乡镇（街道）"},
    {"状态"},
    {"数值", true},
    {"分子或原值", true},
    {"分母", true},
    {"未确认月数", true},
    {"村均", true},
    {"每万人", true},
    {"名次", true},
    {"并列"},
    {"不排名的原因"},
    {"占合计%", true},
    {"与中位数之差", true},
    {"上年同期", true},
    {"上年状态"},
    {"上年分子或原值", true},
    {"上年分母", true},
    {"上年未确认月数", true},
    {"增减", true},
    {"增减单位"},
    {"合计", true},
    {"中位数", true},
    {"基尼系数", true},
    {"口径版本", true},
}};
inline constexpr size_t kStateColumn = 5;
inline constexpr size_t kLastYearStateColumn = 18;
// Figures: where there is none, their state says why.
inline constexpr size_t kValueColumn = 6;
inline constexpr size_t kLastYearColumn = 17;

// One metric of one town, a text for each column; empty where there is nothing.
std::vector<std::string> ComparisonRow(const MetricComparison& comparison, const TownFigure& figure,
                                       const TownView& town);

// The town's name, or its code where the register has not told of it.
std::string TownName(const TownView& town);
// "流量：期间内发生的数", "按活动日期" and the like.
std::string TypeText(const Metric& metric);
std::string DateBasisText(const Metric& metric);
// What period, how it is ranked, when it was made: a line each.
std::vector<std::string> ComparisonNotes(const ComparisonInput& input);

}  // namespace zhenhui::reporting::report
