#include "common/auth/policy.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::auth {

AccessTable& AccessTable::Allow(std::string_view method, std::initializer_list<Role> roles) {
  roles_by_method_.insert_or_assign(std::string(method), std::set<Role>(roles));
  return *this;
}

AccessTable& AccessTable::AllowAnyRole(std::string_view method) {
  roles_by_method_.insert_or_assign(std::string(method), std::set<Role>(kAllRoles.begin(), kAllRoles.end()));
  return *this;
}

AccessTable& AccessTable::Merge(const AccessTable& other) {
  for (const auto& [method, roles] : other.roles_by_method_) roles_by_method_.insert_or_assign(method, roles);
  return *this;
}

absl::Status AccessTable::Authorize(const Claims& claims, std::string_view method) const {
  const auto row = roles_by_method_.find(method);
  if (row == roles_by_method_.end()) {
    return Error(absl::StatusCode::kPermissionDenied, "METHOD_NOT_IN_TABLE",
                 absl::StrCat("nobody may call ", Absl(method), ": it is missing in the access table"));
  }
  if (row->second.contains(claims.role)) return absl::OkStatus();
  return Error(absl::StatusCode::kPermissionDenied, "ROLE_NOT_ALLOWED",
               absl::StrCat("the role ", Absl(RoleName(claims.role)), " may not call ", Absl(method)));
}

bool AccessTable::Allows(Role role, std::string_view method) const {
  const auto row = roles_by_method_.find(method);
  return row != roles_by_method_.end() && row->second.contains(role);
}

std::vector<std::string> AccessTable::Methods() const {
  std::vector<std::string> methods;
  for (const auto& [method, roles] : roles_by_method_) methods.push_back(method);
  return methods;
}

absl::Status RequireScope(const Claims& claims, std::string_view division_code) {
  if (Covers(claims.scope, division_code)) return absl::OkStatus();
  const std::string place =
      division_code.empty() ? "the whole country" : absl::StrCat("division ", Absl(division_code));
  return WithMetadata(
      Error(absl::StatusCode::kPermissionDenied, "OUT_OF_SCOPE",
            absl::StrCat("the token's scope is ", claims.scope, "; it does not cover ", place)),
      "scope", claims.scope);
}

Authenticator::Authenticator(std::shared_ptr<const TokenVerifier> verifier, AccessTable table)
    : verifier_(std::move(verifier)), table_(std::move(table)) {}

absl::StatusOr<Claims> Authenticator::Authenticate(std::string_view authorization,
                                                   std::string_view method) const {
  constexpr std::string_view kScheme = "Bearer ";
  // RFC 7235: the scheme's name has no case.
  if (!authorization.empty() && !absl::StartsWithIgnoreCase(Absl(authorization), Absl(kScheme))) {
    return Error(absl::StatusCode::kUnauthenticated, "TOKEN_MALFORMED",
                 "the authorization header must be \"Bearer <token>\"");
  }
  if (!authorization.empty()) authorization.remove_prefix(kScheme.size());
  ASSIGN_OR_RETURN(Claims claims, verifier_->Verify(authorization));
  RETURN_IF_ERROR(table_.Authorize(claims, method));
  return claims;
}

}  // namespace zhenhui::auth
