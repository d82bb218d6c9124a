#pragma once
#include "absl/status/status.h"

namespace zhenhui::db {

// Reasons of the errors that come from the database. Texts of the driver go to the log only: they show table
// names.
//   DATABASE_UNAVAILABLE  UNAVAILABLE          the server is down, restarting or the connection was lost
//   DATABASE_BUSY         RESOURCE_EXHAUSTED   no connection was free
//   COMMIT_UNKNOWN        UNKNOWN              lost while committing: saved or not, send again with the same
//   ids CONFLICT              ABORTED              serialization failure, deadlock or lock timeout, after
//   retries ALREADY_EXISTS        ALREADY_EXISTS       a unique key RELATED_MISSING       FAILED_PRECONDITION
//   a foreign key RULE_BROKEN           INVALID_ARGUMENT     a check or not-null constraint VALUE_REFUSED
//   INVALID_ARGUMENT     a value out of range or badly encoded STATEMENT_TIMEOUT     DEADLINE_EXCEEDED    the
//   caller's deadline ended the statement DATABASE_READ_ONLY    UNAVAILABLE          a standby or a read-only
//   server DATABASE_FULL         RESOURCE_EXHAUSTED   disk or memory of the server DATABASE_ERROR INTERNAL
//   everything else: a bug
struct SqlFailure {
  absl::Status status;
  bool retry = false;   // running the whole transaction again may succeed
  bool broken = false;  // the connection must not go back to the pool
};

// Translates the exception in flight and logs the driver's text; call it only inside a catch block. The only
// code that knows libpqxx's exception types.
SqlFailure Classify();

}  // namespace zhenhui::db
