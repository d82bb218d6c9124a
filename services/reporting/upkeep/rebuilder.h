#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/upkeep/feed_source.h"
#include "services/reporting/upkeep/town_locks.h"

namespace zhenhui::reporting {

// Applies one feed's changes to the cube, and beside that computes towns anew from their records, on threads
// of its own. A town goes on with its old cells until the new ones take their place; so no town waits, and
// none goes back in time. Thread-safe.
class Rebuilder {
 public:
  struct Options {
    FeedSource source;
    const Clock* clock = nullptr;  // outlives the rebuilder
    // A town asked for by Want has been rebuilt.
    std::function<void(const std::string& township)> rebuilt;
    // Rebuilt cells were put in place of the old, perhaps of a lower revision; called under the town's
    // `replacing`.
    std::function<void(const std::string& township)> replaced;
    // Held while rebuilt cells are put in place of the old.
    TownLocks* replacing = nullptr;
  };

  // `cube` outlives it.
  Rebuilder(Cube& cube, Options options);
  ~Rebuilder();
  Rebuilder(const Rebuilder&) = delete;
  Rebuilder& operator=(const Rebuilder&) = delete;

  // Ends what is under way, soon. Nothing is rebuilt any more.
  void Stop();
  // Computes the town anew, soon; tries again until it succeeds.
  void Want(const std::string& township);
  // Computes the town anew before it returns. For one thread, which brings no changes meanwhile.
  absl::Status RebuildNow(const std::string& township);
  // As Cube::Apply. A town without figures is computed anew and has these changes then.
  absl::Status Apply(const std::string& township, std::span<const Change> changes);

 private:
  void Work();
  bool Take(std::string& township);
  absl::StatusOr<TownStatePtr> Build(const std::string& township);
  void Replace(const std::string& township, TownStatePtr state, bool with_kept);
  TownStatePtr PlusKept(const std::string& township, TownStatePtr state);
  bool stopped() const;

  Cube& cube_;
  const Options options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;           // guarded by mutex_
  std::set<std::string> wanted_;   // guarded by mutex_: not yet begun
  std::set<std::string> running_;  // guarded by mutex_
  // Held while changes are applied and while cells are replaced; a town's `replacing` is taken before it.
  std::mutex applying_;
  std::condition_variable kept_less_;
  // Guarded by applying_: the changes that came since a town's rebuild was asked for. What is rebuilt may be
  // older.
  std::map<std::string, std::vector<Change>> kept_;
  std::vector<std::thread> threads_;
};

}  // namespace zhenhui::reporting
