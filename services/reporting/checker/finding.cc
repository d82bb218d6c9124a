#include "services/reporting/checker/finding.h"

#include <array>

namespace zhenhui::reporting::checker {
namespace {

constexpr std::array<std::string_view, 12> kForms = {"exact",   "more",  "near", "about", "over", "at_least",
                                                     "at_most", "range", "all",  "zero",  "rise", "fall"};
constexpr std::array<std::string_view, 12> kVerdicts = {"match",
                                                        "approximate_match",
                                                        "rounding",
                                                        "overstated",
                                                        "understated",
                                                        "no_record",
                                                        "ambiguous_metric",
                                                        "unit_mismatch",
                                                        "wrong_period",
                                                        "plan_not_result",
                                                        "internally_inconsistent",
                                                        "unlinked"};
constexpr std::array<std::string_view, 12> kVerdictsZh = {
    "相符",     "约数相符", "取整",     "多报",           "少报",     "无记录",
    "指标不明", "单位不符", "时期不符", "是计划不是结果", "前后矛盾", "无对应指标"};

}  // namespace

std::string_view FormName(NumberForm form) { return kForms[static_cast<size_t>(form)]; }
std::string_view VerdictName(Verdict verdict) { return kVerdicts[static_cast<size_t>(verdict)]; }
std::string_view VerdictNameZh(Verdict verdict) { return kVerdictsZh[static_cast<size_t>(verdict)]; }

}  // namespace zhenhui::reporting::checker
