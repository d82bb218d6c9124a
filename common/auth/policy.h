#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/auth/claims.h"
#include "common/auth/jwt.h"

namespace zhenhui::auth {

// Which roles may call which method. Built once at start, then only read; so thread-safe.
class AccessTable {
 public:
  // `method` is the full name "/zhenhui.activities.v1.ActivityService/PushActivities". A second Allow for the
  // same method replaces the first.
  AccessTable& Allow(std::string_view method, std::initializer_list<Role> roles);
  AccessTable& AllowAnyRole(std::string_view method);
  // Takes over all rows of `other`: for a process that serves several services.
  AccessTable& Merge(const AccessTable& other);

  // PERMISSION_DENIED, reason ROLE_NOT_ALLOWED, when the role may not call the method; a method that is not
  // in the table is refused to everybody, with reason METHOD_NOT_IN_TABLE.
  absl::Status Authorize(const Claims& claims, std::string_view method) const;

  bool Allows(Role role, std::string_view method) const;
  std::vector<std::string> Methods() const;  // sorted

 private:
  std::map<std::string, std::set<Role>, std::less<>> roles_by_method_;
};

// PERMISSION_DENIED, reason OUT_OF_SCOPE, when the token does not cover the place. The message names both.
absl::Status RequireScope(const Claims& claims, std::string_view division_code);

// From the header of a call to the caller, or the reason why not. Thread-safe.
class Authenticator {
 public:
  Authenticator(std::shared_ptr<const TokenVerifier> verifier, AccessTable table);

  // `authorization` is the header's value, "Bearer <token>"; empty means that it was not sent.
  // UNAUTHENTICATED (see TokenVerifier::Verify) or PERMISSION_DENIED (see AccessTable::Authorize).
  absl::StatusOr<Claims> Authenticate(std::string_view authorization, std::string_view method) const;

  const AccessTable& table() const { return table_; }

 private:
  const std::shared_ptr<const TokenVerifier> verifier_;
  const AccessTable table_;
};

}  // namespace zhenhui::auth
