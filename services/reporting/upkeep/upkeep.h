#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cell_store.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/upkeep/catalogue.h"
#include "services/reporting/upkeep/feed_follower.h"
#include "services/reporting/upkeep/flusher.h"
#include "services/reporting/upkeep/town_locks.h"
#include "services/reporting/upkeep/verifier.h"

namespace zhenhui::reporting {

// Everything that works in the background of a reporting process. Thread-safe.
class Upkeep {
 public:
  struct Options {
    std::shared_ptr<grpc::Channel> activities;  // both with a token of the role job
    std::shared_ptr<grpc::Channel> townships;
    std::string scope;  // prefix of division codes; empty: that of the channels' token
    const Clock* clock = nullptr;
    absl::Duration flush_interval = absl::Milliseconds(500);
    absl::Duration verify_interval = absl::Seconds(5);  // between two towns; zero: never by itself
  };

  // All outlive it. Nothing runs yet.
  Upkeep(Cube& cube, Catalogue& catalogue, CellStore& store, Options options);
  ~Upkeep();

  // Loads the stored cells into the cube and begins to work. After an error call it again; after OK it does
  // nothing.
  absl::Status Start(absl::Time deadline);
  // Stops all work, after a last flush. May be called again.
  void Stop();

  bool loaded() const { return loaded_; }
  // Whether both feeds are connected.
  bool following() const;
  Verifier& verifier() { return verifier_; }

 private:
  struct Rebuild {
    int64_t request = 0;
    std::set<Feed> missing;
  };

  absl::Status AskKinds();
  std::unique_ptr<FeedFollower> Follow(const FeedSource& source);
  void BeginRebuild(const std::string& township, int64_t request);
  void EndRebuild(const std::string& township, Feed feed);

  Cube& cube_;
  Catalogue& catalogue_;
  CellStore& store_;
  const Options options_;
  Verifier verifier_;
  TownLocks replacing_;
  std::atomic<bool> loaded_ = false;
  mutable std::mutex mutex_;
  bool stopping_ = false;                    // guarded by mutex_
  std::map<std::string, Rebuild> rebuilds_;  // guarded by mutex_
  // Made and destroyed by Start and Stop under mutex_.
  std::unique_ptr<Flusher> flusher_;
  std::unique_ptr<FeedFollower> activities_;
  std::unique_ptr<FeedFollower> townships_;
};

}  // namespace zhenhui::reporting
