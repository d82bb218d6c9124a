#include "common/failpoint/failpoint.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>

namespace zhenhui {
namespace {

using Actions = std::map<std::string, std::string, std::less<>>;

Actions ReadActions(std::string_view text) {
  Actions actions;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(';'));
    const size_t equals = one.find('=');
    if (equals != std::string_view::npos) actions.emplace(one.substr(0, equals), one.substr(equals + 1));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
  }
  return actions;
}

Actions& AllActions() {
  static Actions actions = [] {
    const char* text = std::getenv("ZHENHUI_FAILPOINTS");
    return ReadActions(text == nullptr ? "" : text);
  }();
  return actions;
}

}  // namespace

void Failpoint(std::string_view name) {
  const Actions& actions = AllActions();
  if (actions.empty()) return;
  const auto found = actions.find(name);
  if (found == actions.end()) return;
  if (found->second == "kill") std::raise(SIGKILL);
  if (found->second == "throw") throw std::runtime_error("failpoint " + std::string(name));
}

void SetFailpoints(std::string_view text) { AllActions() = ReadActions(text); }

}  // namespace zhenhui
