#pragma once
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/feed/change.h"
#include "common/feed/source.h"
#include "common/feed/watch_hub.h"

namespace zhenhui::feed {

// Some changes of one township, in order and without a gap. Without changes: its head at the start, or, with
// an empty township, a heartbeat.
struct Batch {
  std::string township = {};  // division code
  SharedChanges changes = {};
  int64_t head_revision = 0;  // the newest that is known
};

struct FollowOptions {
  std::string scope = {};  // as auth::Covers: a prefix of division codes, or "*"; empty follows nothing
  std::map<std::string, int64_t> cursors = {};  // township -> last revision that the follower has; absent: 0.
                                                // Those outside of the scope are ignored
  size_t max_changes = 2000;
  size_t max_bytes = size_t{1} << 20;  // of one batch, roughly: it ends once it has reached this
  absl::Duration heartbeat = absl::Seconds(10);
  std::function<absl::Time()> now = absl::Now;
  absl::Time expires = absl::InfiniteFuture();  // of the caller's token: its stream ends then
};

// Follows many townships for one caller: what a watch stream sends, apart from gRPC. Not thread-safe.
class Follower {
 public:
  // `wake` is called from any thread when Next may have news.
  Follower(WatchHub& hub, Source& source, FollowOptions options, std::function<void()> wake);

  // What to send now; nothing: wait for `wake` (or look again after about a second, for the heartbeat). The
  // first call answers one batch without changes for each township; later ones go round the townships that
  // are behind, one batch each in turn. May block in the source. Errors: OUT_OF_RANGE with the metadata
  // township, first_kept and last_revision: CURSOR_TOO_OLD or CURSOR_AHEAD, rebuild from a snapshot;
  // UNAVAILABLE, SHUTTING_DOWN; the source's.
  absl::StatusOr<std::vector<Batch>> Next();

 private:
  struct Place {
    int64_t cursor = 0;
    bool queued = false;
  };

  absl::StatusOr<std::vector<Batch>> Start();
  void Enqueue(const std::string& township);
  absl::StatusOr<Batch> Read(const std::string& township, Place& place);
  absl::Status LostPlace(const std::string& township, int64_t cursor);
  std::vector<Batch> HeartbeatIfDue();

  WatchHub& hub_;
  Source& source_;
  const FollowOptions options_;
  const std::shared_ptr<Subscription> subscription_;
  std::unordered_map<std::string, Place> places_;
  std::deque<std::string> behind_;  // the townships to visit, next first
  bool started_ = false;
  absl::Time last_sent_;
};

// Whether a follower that has everything up to `cursor` can go on from there; errors as Follower::Next.
absl::Status CheckCursor(const Head& head, int64_t cursor);

}  // namespace zhenhui::feed
