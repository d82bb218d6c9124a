#include "common/db/statement.h"

#include <exception>

namespace zhenhui::db {
namespace {

StatementObserver& Observer() {
  static StatementObserver observer;
  return observer;
}

}  // namespace

void SetStatementObserver(StatementObserver observer) { Observer() = std::move(observer); }

StatementTimer::StatementTimer(const char* name) : name_(name), exceptions_(std::uncaught_exceptions()) {}

StatementTimer::~StatementTimer() {
  const StatementObserver& observer = Observer();
  if (!observer) return;
  observer(name_, std::chrono::steady_clock::now() - start_, std::uncaught_exceptions() == exceptions_);
}

}  // namespace zhenhui::db
