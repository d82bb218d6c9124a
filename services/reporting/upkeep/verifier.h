#pragma once
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/domain/verify.h"
#include "services/reporting/upkeep/feed_source.h"

namespace zhenhui::reporting {

// What a verification of one town found.
struct Verdict {
  Applied applied;  // the revisions at which both sides were read
  Differences differences;
  int64_t records = 0;
  bool equal() const { return differences.cells_different == 0 && differences.places_equal; }
};

// Proves towns: computes all cells from the records as they stood at the revisions of the published state,
// and compares. Thread-safe.
class Verifier {
 public:
  // `cube` and `clock` outlive it.
  Verifier(Cube& cube, FeedSource activities, FeedSource townships, const Clock& clock);
  ~Verifier();
  Verifier(const Verifier&) = delete;
  Verifier& operator=(const Verifier&) = delete;

  // Blocks while records are read. Notes in the cube when the town was equal; logs when it was not. Errors:
  // those of Cube::Snapshot and of the services.
  absl::StatusOr<Verdict> Verify(const std::string& township, absl::Time deadline,
                                 const std::function<bool()>& cancelled);

  // From now on verifies one town every interval, one after the other, on a thread. Call once.
  void StartBackground(absl::Duration interval);
  void StopBackground();

 private:
  void Run(absl::Duration interval);
  bool stopped();

  Cube& cube_;
  const FeedSource sources_[2];
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace zhenhui::reporting
