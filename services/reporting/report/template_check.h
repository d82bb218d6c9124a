#pragma once
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

// Checks a template's text before ctemplate reads it, because ctemplate prints nothing for a field that it
// does not know.
namespace zhenhui::reporting::report {

// The names that a template may use. Those of a scope may be used in all sections inside it.
struct TemplateScope {
  std::set<std::string, std::less<>> fields;
  std::map<std::string, TemplateScope, std::less<>> sections;
};

struct TemplateRules {
  TemplateScope root;
  std::set<std::string, std::less<>> includes;  // for {{>NAME}}
  std::set<std::string, std::less<>> tables;    // for lines such as "| figures"
};

// The sections that the template opens, in the order of their first use.
// INVALID_ARGUMENT, TEMPLATE_INVALID: names the template, the line and what is wrong there: an unknown field,
// section, table or include; a section that is not closed; a mark that ends nowhere; a directive that is not
// used here.
absl::StatusOr<std::vector<std::string>> CheckTemplate(std::string_view name, std::string_view text,
                                                       const TemplateRules& rules);

}  // namespace zhenhui::reporting::report
