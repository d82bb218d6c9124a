#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/feed/change.h"

namespace zhenhui::feed {

// One follower's place in the hub. Thread-safe.
class Subscription {
 public:
  // The townships with news since the last call; may name some whose news are known already.
  std::set<std::string> TakeNews();

 private:
  friend class WatchHub;
  std::string scope_;
  std::function<void()> wake_;
  std::mutex mu_;
  std::set<std::string> news_;  // guarded by mu_
};

// What this process knows of the feeds' newest ends: each township's head, and a bounded ring of its recent
// changes, so that live followers are served without the database. The ring of a township is always a run of
// revisions without a gap; batches that come out of order are held back until the gap is filled. Thread-safe.
class WatchHub {
 public:
  // `ring_bytes` bounds all rings together; the oldest changes go first.
  explicit WatchHub(size_t ring_bytes = size_t{64} << 20) : ring_bytes_(ring_bytes) {}
  WatchHub(const WatchHub&) = delete;
  WatchHub& operator=(const WatchHub&) = delete;

  // Changes that are committed: ascending, without a gap, at least one. Any order of calls, and repetition,
  // is harmless.
  void Published(std::string_view township, const SharedChanges& changes);

  // The township has reached this revision, whoever wrote it. A lower one than known is harmless.
  void HeadSeen(std::string_view township, int64_t last_revision);

  // Changes that a follower has read from the database: fills a gap in front of held-back batches, else does
  // nothing.
  void Refill(std::string_view township, const SharedChanges& changes);

  // The changes from after_revision + 1 on, if the ring has them: at most `max_rows`, and no more once their
  // bytes (previous contents included) reach `max_bytes`; at least one. Empty: read the database.
  SharedChanges Recent(std::string_view township, int64_t after_revision, size_t max_rows,
                       size_t max_bytes) const;

  // The newest known revision; 0 if none.
  int64_t HeadOf(std::string_view township) const;

  // `wake` is called, from any thread, after news of a township under `scope` (as auth::Covers: a prefix, or
  // "*") are in Subscription::TakeNews; it must be quick and must not call the hub. Ends when the returned
  // object dies.
  std::shared_ptr<Subscription> Subscribe(std::string_view scope, std::function<void()> wake);

  // Ends all streams that follow this hub, now and later: before a server shuts down. They end with
  // UNAVAILABLE.
  void Close();
  bool closed() const;

  size_t bytes_in_rings() const;

 private:
  struct Ring {
    int64_t head = 0;
    std::deque<SharedChange> changes;       // without a gap
    std::map<int64_t, SharedChanges> held;  // by first revision, beyond the gap after `changes`
  };
  struct Arrival {
    Ring* ring;
    int64_t last_revision;
  };

  Ring& RingOf(std::string_view township);
  void Store(Ring& ring, const SharedChanges& changes);
  void Extend(Ring& ring, const SharedChanges& changes);
  void Restart(Ring& ring);
  void DrainHeld(Ring& ring);
  void Evict();
  void Tell(std::string_view township);

  const size_t ring_bytes_;
  mutable std::mutex mu_;
  std::map<std::string, std::unique_ptr<Ring>, std::less<>> rings_;  // guarded by mu_; never removed
  std::deque<Arrival> arrivals_;                                     // guarded by mu_
  size_t bytes_ = 0;       // guarded by mu_: of the runs in the rings
  size_t held_bytes_ = 0;  // guarded by mu_: of what is held back
  mutable std::mutex subscribers_mu_;
  std::vector<std::weak_ptr<Subscription>> subscribers_;  // guarded by subscribers_mu_
  bool closed_ = false;                                   // guarded by subscribers_mu_
};

}  // namespace zhenhui::feed
