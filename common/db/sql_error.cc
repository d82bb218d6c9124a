#include "common/db/sql_error.h"

#include <pqxx/pqxx>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/log/log.h"
#include "common/status/reason.h"

namespace zhenhui::db {
namespace {

using Code = absl::StatusCode;

void Log(std::string_view text, std::string_view sqlstate = "", std::string_view statement = "") {
  log::Warning("database error",
               {{"sqlstate", sqlstate}, {"statement", statement.substr(0, 120)}, {"error", text}});
}

SqlFailure Unavailable(std::string_view message) {
  return {WithRetryDelay(Error(Code::kUnavailable, "DATABASE_UNAVAILABLE", message), absl::Seconds(1)), true,
          true};
}

SqlFailure Conflict(std::string_view message) {
  return {WithRetryDelay(Error(Code::kAborted, "CONFLICT", message), absl::Milliseconds(100)), true};
}

SqlFailure Busy() {
  return {WithRetryDelay(Error(Code::kResourceExhausted, "DATABASE_BUSY",
                               "the database has no free connection; try again later"),
                         absl::Milliseconds(200)),
          true, true};
}

SqlFailure CommitUnknown() {
  return {Error(Code::kUnknown, "COMMIT_UNKNOWN",
                "it is unknown whether the change was saved; send it again with the same ids"),
          false, true};
}

SqlFailure BySqlState(std::string_view state) {
  const std::string_view group = state.substr(0, 2);
  if (state == "23505") return {Error(Code::kAlreadyExists, "ALREADY_EXISTS", "it already exists")};
  if (state == "23503") {
    return {
        Error(Code::kFailedPrecondition, "RELATED_MISSING", "a related record is missing or still in use")};
  }
  if (group == "23") {
    return {Error(Code::kInvalidArgument, "RULE_BROKEN", "a value breaks a rule of the data model")};
  }
  if (group == "22") {
    return {Error(Code::kInvalidArgument, "VALUE_REFUSED", "a value is out of range or badly encoded")};
  }
  if (group == "40") return Conflict("conflict with another change; try again");
  if (state == "55P03") return Conflict("a record is locked; try again");
  if (state == "57014") {
    return {Error(Code::kDeadlineExceeded, "STATEMENT_TIMEOUT", "the database ran out of the caller's time")};
  }
  if (state == "53300") return Busy();
  if (group == "53" || state == "54000") {
    return {Error(Code::kResourceExhausted, "DATABASE_FULL", "the database server is out of disk or memory")};
  }
  if (state == "25006") {
    return {Error(Code::kUnavailable, "DATABASE_READ_ONLY", "the database server is read-only now"), false,
            true};
  }
  if (state.starts_with("57P") || group == "08") return Unavailable("the database is restarting");
  return {Error(Code::kInternal, "DATABASE_ERROR", "database error")};
}

}  // namespace

// The order matters: statement_completion_unknown is a transaction_rollback, too_many_connections a
// broken_connection.
SqlFailure Classify() {
  try {
    throw;
  } catch (const pqxx::in_doubt_error& e) {
    Log(e.what());
    return CommitUnknown();
  } catch (const pqxx::statement_completion_unknown& e) {
    Log(e.what());
    return CommitUnknown();
  } catch (const pqxx::transaction_rollback& e) {  // 40001 and 40P01, without their sqlstate
    Log(e.what(), "40");
    return BySqlState("40001");
  } catch (const pqxx::too_many_connections& e) {
    Log(e.what(), "53300");
    return Busy();
  } catch (const pqxx::broken_connection& e) {
    Log(e.what());
    return Unavailable("the database does not answer; try again later");
  } catch (const pqxx::sql_error& e) {
    Log(e.what(), e.sqlstate(), e.query());
    return BySqlState(e.sqlstate());
  } catch (
      const std::exception& e) {  // usage_error, conversion_error, unexpected_rows: bugs in our storage code
    Log(e.what());
  } catch (...) {
    Log("an exception of unknown type");
  }
  return {Error(Code::kInternal, "DATABASE_ERROR", "database client error"), false, true};
}

}  // namespace zhenhui::db
