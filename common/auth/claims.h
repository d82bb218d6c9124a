#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace zhenhui::auth {

enum class Role { kReporter, kReviewer, kDistrict, kAdmin, kJob };

inline constexpr std::array<Role, 5> kAllRoles = {Role::kReporter, Role::kReviewer, Role::kDistrict,
                                                  Role::kAdmin, Role::kJob};

// "reporter", "reviewer", "district", "admin", "job": the spelling inside tokens.
std::string_view RoleName(Role role);
std::optional<Role> ParseRole(std::string_view name);

inline constexpr std::string_view kWholeCountry = "*";

// Who calls, as a verified token says it.
struct Claims {
  std::string subject = {};  // never empty in a verified token
  Role role = Role::kReporter;
  std::string scope = {};  // kWholeCountry, or a division code that covers all codes below it
  absl::Time expires = absl::InfinitePast();  // exclusive: the token is dead at this moment
};

// "*", or 2 (province), 4 (city), 6 (district), 9 (town) or 12 (village) digits.
bool IsScope(std::string_view text);

// Is the place `division_code` the scope itself or below it? An empty scope covers nothing; an empty code
// (the whole country) is covered by "*" alone.
bool Covers(std::string_view scope, std::string_view division_code);

}  // namespace zhenhui::auth
