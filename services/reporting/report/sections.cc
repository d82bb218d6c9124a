#include "services/reporting/report/sections.h"

#include <array>

namespace zhenhui::reporting::report {

std::span<const WorkSection> WorkSections() {
  static constexpr std::array<WorkSection, 9> kSections = {{{"base", "基本情况"},
                                                            {"A", "组织领导"},
                                                            {"B", "学法用法"},
                                                            {"C", "法治宣传"},
                                                            {"D", "公共法律服务"},
                                                            {"E", "合法性审查"},
                                                            {"F", "行政执法"},
                                                            {"G", "矛盾纠纷化解"},
                                                            {"H", "复议应诉和政务公开"}}};
  return kSections;
}

}  // namespace zhenhui::reporting::report
