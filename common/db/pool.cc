#include "common/db/pool.h"

#include <algorithm>
#include <exception>

#include "absl/time/clock.h"
#include "common/db/sql_error.h"
#include "common/db/transaction.h"
#include "common/status/reason.h"

namespace zhenhui::db {

Pool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->Return(std::move(connection_));
}

void Pool::Lease::Discard() {
  connection_.reset();
  pool_->DropIdle();
}

Pool::Pool(PoolOptions options) : options_(std::move(options)), free_(options_.size) {}

absl::StatusOr<Pool::Lease> Pool::Acquire(absl::Time deadline) {
  Lease lease(nullptr);
  {
    // An infinite time would overflow in the standard library's clocks.
    const absl::Time limit = std::min(deadline, absl::Now() + absl::Hours(1));
    std::unique_lock lock(mu_);
    ++counts_.waiting;
    const bool freed = freed_.wait_until(lock, absl::ToChronoTime(limit), [this] { return free_ > 0; });
    --counts_.waiting;
    if (!freed) {
      return WithRetryDelay(Error(absl::StatusCode::kResourceExhausted, "DATABASE_BUSY",
                                  "no database connection became free in time; try again later"),
                            absl::Milliseconds(200));
    }
    --free_;
    lease.pool_ = this;
    if (!idle_.empty()) {
      lease.connection_ = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  if (lease.connection_ == nullptr) {
    absl::StatusOr<std::unique_ptr<pqxx::connection>> connection = Connect();
    if (!connection.ok()) return connection.status();
    lease.connection_ = *std::move(connection);
  }
  return lease;
}

absl::Status Pool::Ping(absl::Time deadline) {
  return RunReadOnly(*this, deadline, [](Tx& tx) {
    tx.exec1("SELECT 1");
    return absl::OkStatus();
  });
}

PoolStats Pool::stats() const {
  std::lock_guard lock(mu_);
  PoolStats stats = counts_;
  stats.idle = static_cast<int>(idle_.size());
  stats.in_use = options_.size - free_;
  return stats;
}

absl::StatusOr<std::unique_ptr<pqxx::connection>> Pool::Connect() {
  absl::Status status;
  try {
    auto connection = std::make_unique<pqxx::connection>(options_.dsn);
    // Errors are logged: without their DETAIL, which repeats the contents of rows.
    connection->set_verbosity(pqxx::connection_base::terse);
    for (const Statement& statement : options_.statements) connection->prepare(statement.name, statement.sql);
    std::lock_guard lock(mu_);
    ++counts_.opened;
    return connection;
  } catch (...) {
    status = Classify().status;
  }
  std::lock_guard lock(mu_);
  ++counts_.failed;
  return status;
}

void Pool::Return(std::unique_ptr<pqxx::connection> connection) {
  {
    std::lock_guard lock(mu_);
    ++free_;
    if (connection != nullptr) idle_.push_back(std::move(connection));
  }
  freed_.notify_one();
}

void Pool::DropIdle() {
  std::vector<std::unique_ptr<pqxx::connection>> doomed;  // declared first: closed outside of the lock
  std::lock_guard lock(mu_);
  doomed.swap(idle_);
}

}  // namespace zhenhui::db
