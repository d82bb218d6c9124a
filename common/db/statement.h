#pragma once
#include <chrono>
#include <functional>
#include <pqxx/pqxx>
#include <string_view>
#include <utility>

namespace zhenhui::db {

// The transaction that storage code works in. Never call commit() or abort() on it, never catch what it
// throws.
using Tx = pqxx::transaction_base;

// SQL with a name, defined once as a constant. The pool prepares it on each connection; the name appears in
// metrics and logs.
struct Statement {
  const char* name;  // "activities.insert_revisions"
  const char* sql;
};

// Called after each named statement with its name, duration and whether it succeeded; from any thread.
using StatementObserver = std::function<void(std::string_view name, std::chrono::nanoseconds took, bool ok)>;

// Set once at start, before the first statement runs; an empty function (the default) observes nothing.
void SetStatementObserver(StatementObserver observer);

// Measures from its construction to its destruction; failed if an exception ends it.
class StatementTimer {
 public:
  explicit StatementTimer(const char* name);
  ~StatementTimer();
  StatementTimer(const StatementTimer&) = delete;
  StatementTimer& operator=(const StatementTimer&) = delete;

 private:
  const char* const name_;
  const int exceptions_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Runs a prepared statement. Throws pqxx's exceptions, which the transaction runner translates.
template <typename... Args>
pqxx::result Exec(Tx& tx, const Statement& statement, Args&&... args) {
  const StatementTimer timer(statement.name);
  return tx.exec_prepared(statement.name, std::forward<Args>(args)...);
}

}  // namespace zhenhui::db
