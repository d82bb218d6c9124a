#include "gateway/http/headers.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::http {
namespace {

bool SameName(std::string_view a, std::string_view b) { return absl::EqualsIgnoreCase(Absl(a), Absl(b)); }

}  // namespace

std::string_view Headers::Find(std::string_view name) const {
  for (const Line& line : lines_) {
    if (SameName(line.first, name)) return line.second;
  }
  return {};
}

bool Headers::Has(std::string_view name) const {
  return std::any_of(lines_.begin(), lines_.end(),
                     [name](const Line& line) { return SameName(line.first, name); });
}

void Headers::Add(std::string_view name, std::string_view value) { lines_.emplace_back(name, value); }

void Headers::Set(std::string_view name, std::string_view value) {
  std::erase_if(lines_, [name](const Line& line) { return SameName(line.first, name); });
  Add(name, value);
}

}  // namespace zhenhui::gateway::http
