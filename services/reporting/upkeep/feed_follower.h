#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/upkeep/feed_source.h"
#include "services/reporting/upkeep/rebuilder.h"
#include "services/reporting/upkeep/town_locks.h"

namespace zhenhui::reporting {

class RawStream;

// Follows one feed of all towns into the cube, on a thread of its own: from what the cube has applied,
// without end, again and again. A town whose place in the feed is lost is rebuilt from a snapshot before the
// feed can go on; a rebuild that was asked for goes on beside it.
class FeedFollower {
 public:
  struct Options {
    FeedSource source;
    std::string scope;             // prefix of division codes; empty: that of the channel's token
    const Clock* clock = nullptr;  // outlives the follower
    // Asked before each connection; an error delays it.
    std::function<absl::Status()> before_connect;
    // See Rebuilder::Options.
    std::function<void(const std::string& township)> rebuilt;
    std::function<void(const std::string& township)> replaced;
    TownLocks* replacing = nullptr;
  };

  // `cube` outlives it. Follows from now on.
  FeedFollower(Cube& cube, Options options);
  ~FeedFollower();
  FeedFollower(const FeedFollower&) = delete;
  FeedFollower& operator=(const FeedFollower&) = delete;

  // Whether the feed is connected.
  bool following() const { return following_; }
  // Computes a town anew from its records, soon.
  void Rebuild(const std::string& township) { rebuilder_.Want(township); }

 private:
  using Gathered = std::map<std::string, FeedBatch>;

  void Run();
  // Until the stream ends; why it did.
  absl::Status FollowOnce();
  absl::Status ReadStream(RawStream& stream);
  absl::Status Gather(std::string_view message, Gathered& gathered, size_t& changes);
  absl::Status Apply(const Gathered& gathered);
  std::map<std::string, int64_t> Cursors() const;
  bool stopped() const;
  void WaitBeforeRetry(absl::Duration wait);

  Cube& cube_;
  const Options options_;
  Rebuilder rebuilder_;
  std::atomic<bool> following_ = false;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;         // guarded by mutex_
  RawStream* stream_ = nullptr;  // guarded by mutex_: the one that is read now
  std::thread thread_;
};

}  // namespace zhenhui::reporting
