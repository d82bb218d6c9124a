#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <pqxx/pqxx>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/db/statement.h"

namespace zhenhui::db {

struct PoolOptions {
  std::string dsn = {};                    // see WithSettings for what belongs into it
  int size = 8;                            // connections at most, >= 1
  std::vector<Statement> statements = {};  // prepared on every new connection
};

struct PoolStats {
  int in_use = 0;
  int idle = 0;
  int waiting = 0;     // callers inside of Acquire for whom no connection is free
  int64_t opened = 0;  // connections made since the start
  int64_t failed = 0;  // attempts to connect that failed
};

// A fixed number of PostgreSQL connections, opened on first use. Thread-safe. Outlives its leases.
class Pool {
 public:
  // One connection, given back when the lease ends.
  class Lease {
   public:
    Lease(Lease&& other) noexcept
        : pool_(std::exchange(other.pool_, nullptr)), connection_(std::move(other.connection_)) {}
    ~Lease();
    pqxx::connection& operator*() { return *connection_; }
    pqxx::connection* operator->() { return connection_.get(); }

    // Closes this connection and every idle one: if one broke, the rest are suspect.
    void Discard();

   private:
    friend class Pool;
    explicit Lease(Pool* pool) : pool_(pool) {}
    Pool* pool_;
    std::unique_ptr<pqxx::connection> connection_;
  };

  explicit Pool(PoolOptions options);
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  // Waits for a free connection until `deadline`. Errors: RESOURCE_EXHAUSTED, reason DATABASE_BUSY, with a
  // retry delay, when none became free; UNAVAILABLE, reason DATABASE_UNAVAILABLE, when the server does not
  // answer.
  absl::StatusOr<Lease> Acquire(absl::Time deadline);

  // Whether the database answers a trivial query, for start-up and health. Errors as for Acquire.
  absl::Status Ping(absl::Time deadline);

  PoolStats stats() const;

 private:
  absl::StatusOr<std::unique_ptr<pqxx::connection>> Connect();
  void Return(std::unique_ptr<pqxx::connection> connection);
  void DropIdle();

  const PoolOptions options_;
  mutable std::mutex mu_;
  std::condition_variable freed_;
  int free_;                                             // guarded by mu_
  PoolStats counts_;                                     // guarded by mu_; in_use and idle are computed
  std::vector<std::unique_ptr<pqxx::connection>> idle_;  // guarded by mu_
};

}  // namespace zhenhui::db
