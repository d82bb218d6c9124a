#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/json/bilingual.h"
#include "services/reporting/checker/checker.h"

namespace zhenhui::reporting::narrative {

// What stands at the head of the page, and what the findings are printed with.
struct PageHead {
  std::string town_name_zh;
  std::string township;  // 9 digits
  int year = 0;
  Bilingual as_of;  // which figures it was held against
  // Name and unit of a metric: {"法治讲座（场）", "Law lectures (events)"}; of an unknown code, the code.
  std::function<Bilingual(std::string_view metric)> title;
  // The recorded figure of a finding as a person reads it: "43", "未报"; "" if nothing is linked.
  std::function<std::string(const checker::Finding&)> recorded;
};

// One page of HTML that needs nothing else - no script, no font, no picture - with the narrative's text, a
// mark on each figure and beside it the verdict, what is recorded and what to write. Verdicts differ by sign
// and word as well as by colour. All text of the narrative is escaped. It prints.
std::string AnnotatedPage(const checker::Document& document, const std::vector<checker::Finding>& findings,
                          const PageHead& head);

}  // namespace zhenhui::reporting::narrative
