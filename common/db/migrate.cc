#include "common/db/migrate.h"

#include <cstdint>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/db/sql_error.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::db {
namespace {

using embedded::File;

constexpr std::string_view kNoTransaction = "-- migrate: no-transaction\n";
constexpr absl::Duration kLockPatience = absl::Minutes(1);

// Advisory locks share one key space in a database: this is our first half, the schema's hash is the second.
constexpr int32_t kLockSpace = 7270001;

absl::Status Precondition(std::string_view reason, const std::string& message) {
  return Error(absl::StatusCode::kFailedPrecondition, reason, message);
}

std::string Text(std::string_view text) { return std::string(text); }

// The session's lock, so that it spans several transactions. Asked for again and again instead of waited for:
// a waiting statement holds a snapshot, and CREATE INDEX CONCURRENTLY of the process at work would wait for
// that for ever.
class SchemaLock {
 public:
  SchemaLock(pqxx::connection& connection, const std::string& schema)
      : connection_(connection), schema_(schema) {}
  ~SchemaLock() {
    if (!held_) return;
    try {
      Call("pg_advisory_unlock");
    } catch (const std::exception& e) {  // the lock ends with the connection anyway
      log::Warning("cannot release the migration lock", {{"error", e.what()}});
    }
  }
  bool Take(absl::Duration patience) {
    const absl::Time give_up = absl::Now() + patience;
    while (!(held_ = Call("pg_try_advisory_lock"))) {
      if (absl::Now() > give_up) return false;
      absl::SleepFor(absl::Milliseconds(50));
    }
    return true;
  }

 private:
  bool Call(const char* function) {
    pqxx::nontransaction tx(connection_);
    return tx
        .exec1(absl::StrCat("SELECT ", function, "(", kLockSpace, ", hashtext(", tx.quote(schema_), "))"))[0]
        .as<bool>();
  }
  pqxx::connection& connection_;
  const std::string schema_;
  bool held_ = false;
};

bool Exists(pqxx::transaction_base& tx, const std::string& schema, const char* what) {
  return tx.exec1(absl::StrCat("SELECT ", what, "(", tx.quote(schema), ") IS NOT NULL"))[0].as<bool>();
}

std::string HistoryTable(pqxx::transaction_base& tx, const std::string& schema) {
  return absl::StrCat(tx.quote_name(schema), ".schema_migration");
}

bool HasHistory(pqxx::transaction_base& tx, const std::string& schema) {
  return Exists(tx, HistoryTable(tx, schema), "to_regclass");
}

// Compares the history with the files: how many files are applied, or why the two do not fit.
absl::StatusOr<size_t> CountApplied(pqxx::transaction_base& tx, const std::string& schema,
                                    const std::vector<File>& files) {
  if (!HasHistory(tx, schema)) return size_t{0};
  const pqxx::result done =
      tx.exec(absl::StrCat("SELECT name, sha256 FROM ", HistoryTable(tx, schema), " ORDER BY version"));
  const size_t applied = done.size();
  if (applied > files.size()) {
    return Precondition("SCHEMA_NEWER", absl::StrCat("the schema ", schema, " has ", applied,
                                                     " migrations, this program knows only ", files.size(),
                                                     "; use a newer program"));
  }
  for (size_t i = 0; i < applied; ++i) {
    const pqxx::row row = done[static_cast<pqxx::result::size_type>(i)];
    if (row[0].as<std::string>() != files[i].name || row[1].as<std::string>() != files[i].sha256) {
      return Precondition("SCHEMA_EDITED", absl::StrCat("the migration ", files[i].name, " of schema ",
                                                        schema, " differs from what was applied"));
    }
  }
  return applied;
}

absl::Status CheckNames(const std::vector<File>& files) {
  for (size_t i = 0; i < files.size(); ++i) {
    if (!std::string_view(files[i].name).starts_with(absl::StrFormat("%04d_", i + 1))) {
      return Error(absl::StatusCode::kInternal, "MIGRATION_FAILED",
                   absl::StrCat("migration number ", i + 1, " is named ", files[i].name));
    }
  }
  return absl::OkStatus();
}

void Prepare(pqxx::connection& connection, const std::string& schema) {
  pqxx::work tx(connection);
  // CREATE SCHEMA IF NOT EXISTS would want the right to create even when it exists.
  if (!Exists(tx, tx.quote_name(schema), "to_regnamespace")) {
    tx.exec0(absl::StrCat("CREATE SCHEMA ", tx.quote_name(schema)));
  }
  if (!HasHistory(tx, schema)) {
    tx.exec0(absl::StrCat("CREATE TABLE ", HistoryTable(tx, schema),
                          " (version int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL,"
                          " applied_at timestamptz NOT NULL DEFAULT now())"));
  }
  tx.commit();
}

// Splits at ';' that ends a line. Comments alone are no statement.
std::vector<std::string> SplitStatements(std::string_view sql) {
  std::vector<std::string> statements;
  std::string statement;
  while (!sql.empty()) {
    const size_t newline = sql.find('\n');
    const std::string_view line = sql.substr(0, newline);
    sql.remove_prefix(newline == std::string_view::npos ? sql.size() : newline + 1);
    if (line.empty() || line.starts_with("--")) continue;
    statement.append(line).push_back('\n');
    if (line.ends_with(';')) statements.push_back(std::move(statement)), statement.clear();
  }
  if (!statement.empty()) statements.push_back(std::move(statement));
  return statements;
}

void Record(pqxx::transaction_base& tx, const std::string& schema, size_t version, const File& file) {
  tx.exec0(absl::StrCat("INSERT INTO ", HistoryTable(tx, schema), " (version, name, sha256) VALUES (",
                        version, ", ", tx.quote(std::string(file.name)), ", ",
                        tx.quote(std::string(file.sha256)), ")"));
}

void Apply(pqxx::connection& connection, const std::string& schema, size_t version, const File& file) {
  const std::string path =
      absl::StrCat("search_path TO ", pqxx::nontransaction(connection).quote_name(schema), ", public");
  if (file.text.starts_with(kNoTransaction)) {
    pqxx::nontransaction tx(connection);
    tx.exec0("SET " + path);
    for (const std::string& statement : SplitStatements(file.text)) tx.exec(statement);
    Record(tx, schema, version, file);
    tx.exec0("RESET search_path");
  } else {
    pqxx::work tx(connection);
    tx.exec0("SET LOCAL " + path);
    tx.exec(Text(file.text));
    Record(tx, schema, version, file);
    tx.commit();
  }
}

absl::Status MigrationFailed(const File& file, const std::exception& error) {
  const SqlFailure failure = Classify();
  if (failure.broken) return failure.status;
  // An operator reads this at a terminal: here the driver's text may be shown.
  return Error(absl::StatusCode::kInternal, "MIGRATION_FAILED",
               absl::StrCat("the migration ", file.name, " failed: ", error.what()));
}

}  // namespace

absl::StatusOr<int> Migrate(pqxx::connection& connection, std::string_view schema_name,
                            const std::vector<File>& files) {
  const std::string schema(schema_name);
  RETURN_IF_ERROR(CheckNames(files));
  try {
    SchemaLock lock(connection, schema);
    if (!lock.Take(kLockPatience)) {
      return Error(absl::StatusCode::kAborted, "MIGRATION_LOCKED",
                   absl::StrCat("another process has been migrating the schema ", schema, " for too long"));
    }
    Prepare(connection, schema);
    size_t applied = 0;
    {
      pqxx::nontransaction tx(connection);
      ASSIGN_OR_RETURN(applied, CountApplied(tx, schema, files));
    }
    for (size_t i = applied; i < files.size(); ++i) {
      try {
        Apply(connection, schema, i + 1, files[i]);
      } catch (const std::exception& e) {
        return MigrationFailed(files[i], e);
      }
      log::Info("migrated", {{"schema", schema}, {"file", files[i].name}});
    }
    return static_cast<int>(files.size() - applied);
  } catch (...) {
    return Classify().status;
  }
}

absl::Status CheckSchema(pqxx::connection& connection, std::string_view schema_name,
                         const std::vector<File>& files) {
  const std::string schema(schema_name);
  try {
    pqxx::nontransaction tx(connection);
    ASSIGN_OR_RETURN(const size_t applied, CountApplied(tx, schema, files));
    if (applied == files.size()) return absl::OkStatus();
    return Precondition("SCHEMA_OUTDATED",
                        absl::StrCat("the schema ", schema, " has ", applied, " of ", files.size(),
                                     " migrations; run the command migrate first"));
  } catch (...) {
    return Classify().status;
  }
}

}  // namespace zhenhui::db
