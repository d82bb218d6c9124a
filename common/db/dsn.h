#pragma once
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace zhenhui::db {

// What every connection of a service has. Empty texts are left out.
struct SessionSettings {
  std::string application_name = {};  // shown in pg_stat_activity
  std::string schema = {};            // becomes search_path
  std::string role = {};              // whose rights the session takes, as by SET ROLE
  absl::Duration connect_timeout = absl::Seconds(5);
};

// Adds the settings to a DSN (key=value or postgresql:// URI); what the DSN says itself about
// application_name or connect_timeout wins. Session settings live in the DSN because libpqxx reconnects a
// lost connection by itself and forgets what SET has said. INVALID_ARGUMENT, reason MALFORMED_DSN.
absl::StatusOr<std::string> WithSettings(std::string_view dsn, const SessionSettings& settings);

// The same DSN with one key replaced: WithKey(dsn, "dbname", "town"). Keys are libpq's.
absl::StatusOr<std::string> WithKey(std::string_view dsn, std::string_view key, std::string_view value);

}  // namespace zhenhui::db
