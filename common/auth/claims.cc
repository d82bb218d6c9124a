#include "common/auth/claims.h"

#include <algorithm>

namespace zhenhui::auth {

std::string_view RoleName(Role role) {
  switch (role) {
    case Role::kReporter:
      return "reporter";
    case Role::kReviewer:
      return "reviewer";
    case Role::kDistrict:
      return "district";
    case Role::kAdmin:
      return "admin";
    case Role::kJob:
      return "job";
  }
  return "unknown";
}

std::optional<Role> ParseRole(std::string_view name) {
  for (const Role role : kAllRoles) {
    if (RoleName(role) == name) return role;
  }
  return std::nullopt;
}

bool IsScope(std::string_view text) {
  if (text == kWholeCountry) return true;
  constexpr std::array<std::size_t, 5> kLengths = {2, 4, 6, 9, 12};
  return std::find(kLengths.begin(), kLengths.end(), text.size()) != kLengths.end() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool Covers(std::string_view scope, std::string_view division_code) {
  return scope == kWholeCountry || (!scope.empty() && division_code.starts_with(scope));
}

}  // namespace zhenhui::auth
