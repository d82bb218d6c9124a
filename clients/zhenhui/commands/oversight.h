#pragma once
#include <string>

#include "clients/zhenhui/commands/query_options.h"

// What the commands of plans, completeness, gaps and alarms share.
namespace zhenhui::cli {

// The given year, or the current one in China.
int YearOrThis(int given, const Context& context);

// "上新庄镇 630106101", or the code alone where no name is known.
std::string TownText(const std::string& township, const std::string& name);

// The parents ("districts/..." or "townships/...") that a scope names, for services that take one at a time.
std::vector<std::string> ParentsOf(const reporting::v1::Scope& scope);

}  // namespace zhenhui::cli
