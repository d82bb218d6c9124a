#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/standalone/data_dir.h"

namespace zhenhui::standalone {

// The superuser of the private cluster, and its only database.
inline constexpr char kClusterOwner[] = "zhenhui";
inline constexpr char kDatabase[] = "zhenhui";

// A PostgreSQL server of our own in a data folder: reachable through a Unix socket only, durable, started
// again when it ends unexpectedly, and never left behind: it gets a stop signal even when this process is
// killed. Thread-safe.
class PrivatePostgres {
 public:
  // Makes the cluster on the first start, ends a server that a killed predecessor has left, starts the server
  // and the database, and watches over them. `dir` outlives the object. Errors, all FAILED_PRECONDITION:
  // POSTGRES_NOT_FOUND (no programs of the cluster's version; $ZHENHUI_PG_BIN may name their folder),
  // POSTGRES_FAILED (with the server's words).
  static absl::StatusOr<std::unique_ptr<PrivatePostgres>> Start(const DataDir& dir, const Account& account);
  ~PrivatePostgres();

  // Ends sessions, writes a checkpoint, stops. May be called again.
  void Stop();

  // The owner's DSN of the database.
  std::string dsn() const { return dsn_; }
  int64_t restarts() const;

 private:
  PrivatePostgres(const DataDir& dir, Account account, std::string bin, std::string dsn);
  absl::Status AwaitAnswer(absl::Time deadline);
  absl::Status CreateDatabase();
  void Supervise();
  // Returns why the server has ended: by itself, or because Stop was called.
  std::string WatchOver(pid_t server);
  std::string Log() const;

  const DataDir& dir_;
  const Account account_;
  const std::string bin_;  // folder of the programs
  const std::string dsn_;
  mutable std::mutex mu_;
  std::condition_variable changed_;
  absl::Status failure_;   // why it cannot be started; guarded by mu_
  bool answered_ = false;  // once it did; guarded by mu_
  bool stopping_ = false;  // guarded by mu_
  int64_t restarts_ = 0;   // guarded by mu_
  // Launches the server and waits for its end: its death signal is bound to the thread that made it.
  std::thread supervisor_;
};

}  // namespace zhenhui::standalone
