#include "clients/zhenhui/commands/oversight.h"

namespace zhenhui::cli {

int YearOrThis(int given, const Context& context) {
  return given != 0 ? given : static_cast<int>(context.clock.Today().year());
}

std::string TownText(const std::string& township, const std::string& name) {
  return name.empty() ? LastPart(township) : name + " " + LastPart(township);
}

std::vector<std::string> ParentsOf(const reporting::v1::Scope& scope) {
  if (!scope.district().empty()) return {scope.district()};
  return {scope.townships().begin(), scope.townships().end()};
}

}  // namespace zhenhui::cli
