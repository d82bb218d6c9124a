#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "services/reporting/domain/cell_store.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/upkeep/town_locks.h"

namespace zhenhui::reporting {

// Writes behind, on a thread of its own: what changed in the cube goes to the store every interval, if this
// process leads. If the store cannot be reached, it goes on trying; what changed waits in the cube.
class Flusher {
 public:
  struct Options {
    absl::Duration interval = absl::Milliseconds(500);
    TownLocks* replacing = nullptr;  // a town's is held while it is flushed
    // The store asks for a town's rebuild; called once for each request, on the flusher's thread.
    std::function<void(const std::string& township, int64_t request)> rebuild;
  };

  // Both outlive it.
  Flusher(Cube& cube, CellStore& store, Options options);
  // Flushes a last time, for at most two seconds.
  ~Flusher();
  Flusher(const Flusher&) = delete;
  Flusher& operator=(const Flusher&) = delete;

  // The town's cells were replaced in the cube: the next flush stores all of them, also if the store is
  // ahead, as after a restored backup of a feed. While rebuilds that the store asked for are under way, that
  // waits for their end, for at most ten seconds. Call it under the town's `replacing`. Thread-safe.
  void Replaced(const std::string& township);
  // A rebuild that the store asked for is in the cube; noted in the store after the next flush. Thread-safe.
  void RebuildDone(const std::string& township, int64_t request);

 private:
  void Run();
  absl::Status Round(absl::Time deadline);
  absl::Status LookForRebuilds(absl::Time deadline);
  // Makes this process the leader, if it can be, with the cube's marks at what is stored.
  absl::StatusOr<bool> Lead(absl::Time deadline);
  void LetReplacedGoBack();
  // Whether the town is rebuilt and others, or its other feed, are not yet.
  bool HeldBack(const std::string& township);
  absl::Status FlushTown(const std::string& township, absl::Time deadline);
  absl::Status Realign(const std::string& township, const Applied& stored);
  void Report(const absl::Status& status);

  Cube& cube_;
  CellStore& store_;
  const Options options_;
  bool leading_ = false;                  // only the thread uses it
  absl::Status last_;                     // only the thread uses it
  std::map<std::string, int64_t> asked_;  // only the thread uses it: requests that were passed on
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;                        // guarded by mutex_
  std::map<std::string, absl::Time> replaced_;  // guarded by mutex_: not yet stored, and since when
  // Guarded by mutex_: requests that were passed on and are not done.
  std::map<std::string, int64_t> rebuilding_;
  std::map<std::string, int64_t> rebuilt_;  // guarded by mutex_: to be noted in the store
  std::thread thread_;
};

}  // namespace zhenhui::reporting
