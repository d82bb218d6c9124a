#pragma once
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "common/db/listener.h"
#include "common/db/notifier.h"
#include "common/db/pool.h"
#include "common/feed/change.h"
#include "common/feed/source.h"
#include "common/feed/watch_hub.h"

namespace zhenhui::feed {

// The live side of one service's feed: tells followers in this process at once and other processes by NOTIFY;
// learns of other processes' commits by LISTEN and by a sweep over the heads. A lost notification costs at
// most one sweep. Thread-safe. Outlives the gRPC server that streams from it.
class Feed {
 public:
  struct Options {
    // Of the service's database, for the listener's and the notifier's own connections.
    std::string dsn = {};
    // One for each service: channels are shared by a whole database ("zhenhui_activities_feed").
    std::string channel = {};
    absl::Duration sweep = absl::Seconds(1);
    size_t ring_bytes = size_t{64} << 20;
  };
  // `pool` has Statements() prepared.
  Feed(db::Pool& pool, const Options& options);
  ~Feed();
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  // Call right after the commit with what Append was given and returned; never before. If a revision that
  // replaces another lacks `previous`, followers read the batch from the database.
  void Committed(std::string_view township, std::vector<NewRevision> revisions, int64_t last_revision);

  WatchHub& hub() { return hub_; }
  Source& source() { return source_; }

  // Ends all watch streams; call it before Server::Shutdown, or they last until its grace is over.
  void Close() { hub_.Close(); }

 private:
  void Sweep();
  void OnPayload(std::string_view payload);
  void SweepNow();

  WatchHub hub_;
  DatabaseSource source_;
  const absl::Duration sweep_;
  std::mutex mu_;
  std::condition_variable wake_;
  bool sweep_now_ = false;  // guarded by mu_
  bool stopped_ = false;    // guarded by mu_
  db::Notifier notifier_;
  db::Listener listener_;
  std::thread sweeper_;
};

}  // namespace zhenhui::feed
