#pragma once
#include <pqxx/pqxx>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/embedded/embedded.h"

// Ordered, checksummed SQL migrations under an advisory lock, one history table (schema_migration) in each
// schema.
//
// Files are named 0001_what.sql, 0002_more.sql ... without gaps, and never change after they were applied.
// Each runs in its own transaction with search_path set to the schema. A file whose first line is
//   -- migrate: no-transaction
// runs outside of one (CREATE INDEX CONCURRENTLY); its statements end with ';' at the end of a line and run
// one by one. After a failure it runs again from its start, so each statement must bear that (IF NOT EXISTS,
// DROP ... IF EXISTS first).
namespace zhenhui::db {

// Brings `schema` to the newest version; creates it if it does not exist. Returns how many files were
// applied. Several processes may call it at once: one works, the others wait up to a minute. Errors:
// FAILED_PRECONDITION with SCHEMA_NEWER (the database has migrations that this binary does not know) or
// SCHEMA_EDITED (a file changed after it was applied); ABORTED, MIGRATION_LOCKED; INTERNAL, MIGRATION_FAILED
// (the file's transaction was rolled back); UNAVAILABLE, DATABASE_UNAVAILABLE.
absl::StatusOr<int> Migrate(pqxx::connection& connection, std::string_view schema,
                            const std::vector<embedded::File>& files);

// Whether the schema fits this binary, for serving: changes nothing. FAILED_PRECONDITION with
// SCHEMA_OUTDATED, SCHEMA_NEWER or SCHEMA_EDITED; UNAVAILABLE, DATABASE_UNAVAILABLE.
absl::Status CheckSchema(pqxx::connection& connection, std::string_view schema,
                         const std::vector<embedded::File>& files);

}  // namespace zhenhui::db
