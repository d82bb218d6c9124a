#pragma once
#include <atomic>
#include <map>
#include <string>
#include <vector>

#include "common/db/pool.h"
#include "common/embedded/embedded.h"
#include "services/reporting/domain/cell_store.h"

namespace zhenhui::reporting {

// The schema of this service.
inline constexpr char kSchema[] = "reporting";
const std::vector<embedded::File>& Migrations();

// Keeps cells in PostgreSQL. Thread-safe. Leads by an advisory lock on a connection of its own, with which it
// flushes; so a process that lost its lock cannot flush.
class PostgresCellStore final : public CellStore {
 public:
  // `dsn` with the schema in its search_path. Processes with different scopes lead side by side.
  PostgresCellStore(const std::string& dsn, std::string scope);

  // For readiness checks.
  db::Pool& pool() { return pool_; }
  // Whether the last TryLead succeeded. A hint: the lock may be lost since.
  bool leading() const { return leading_backend_ != 0; }

  absl::StatusOr<std::vector<TownView>> Load(Vocabulary& vocabulary, absl::Time deadline) override;
  absl::StatusOr<bool> TryLead(absl::Time deadline) override;
  absl::StatusOr<std::map<std::string, Applied>> ReadApplied(absl::Time deadline) override;
  absl::Status Flush(Vocabulary& vocabulary, const FlushBatch& batch, absl::Time deadline) override;
  absl::StatusOr<std::map<std::string, RebuildRequest>> ReadRebuildRequests(absl::Time deadline) override;
  absl::Status RebuildsDone(const std::map<std::string, int64_t>& done, absl::Time deadline) override;
  absl::StatusOr<int64_t> RequestRebuilds(const std::string& prefix, absl::Time deadline) override;

 private:
  const std::string scope_;
  db::Pool pool_;
  db::Pool flush_pool_;                   // of one connection: the one that holds the lock
  std::atomic<int> leading_backend_ = 0;  // the backend that holds the lock; 0: none
};

}  // namespace zhenhui::reporting
