#pragma once
#include <filesystem>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

// What a first start makes and every later one finds: roles, schemas, keys.
namespace zhenhui::standalone {

// DSNs with which the three services log in.
struct ServiceDsns {
  std::string townships;
  std::string activities;
  std::string reporting;
};

// How a service takes its own role.
enum class RoleBy {
  kLogin,    // logs in as the role: the private cluster, where the socket's folder is the password
  kSetRole,  // logs in as the owner and gives up its rights: an existing PostgreSQL, whose passwords are not
             // ours to set
};

// The DSNs of the services' roles zhenhui_townships, zhenhui_activities and zhenhui_reporting; asks no
// database. INVALID_ARGUMENT, reason MALFORMED_DSN.
absl::StatusOr<ServiceDsns> DsnsOf(const std::string& owner_dsn, RoleBy how);

// Creates missing roles and brings all schemas to the newest version. The owner must be able to create roles
// and schemas, unless they are there and granted to him. Idempotent. UNAVAILABLE when the database does not
// answer.
absl::Status PrepareDatabase(const std::string& owner_dsn);

// The files of the folder of keys.
struct Keys {
  std::filesystem::path private_key;  // signs tokens; 0600
  std::filesystem::path public_key;   // checks them: for services elsewhere
  std::filesystem::path admin_token;  // of the first administrator, for the whole country; 0600
  std::string private_pem;
  std::string public_pem;
};

inline constexpr absl::Duration kAdminTokenLife = absl::Hours(24 * 365);

// Reads the key pair of `folder`, or makes it, and the administrator's token when there is none. A token that
// has expired is reported in the log and left alone: `zhenhui token mint` makes a new one.
absl::StatusOr<Keys> LoadOrMakeKeys(const std::filesystem::path& folder, absl::Time now);

}  // namespace zhenhui::standalone
