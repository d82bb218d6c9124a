#include "common/feed/follower.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/auth/claims.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::feed {
namespace {

// Batches that one Next may put together when many townships have a little news each.
constexpr size_t kMaxBatches = 64;

size_t BytesOf(const SharedChange& change) {
  return change->record.size() + (change->previous.has_value() ? change->previous->size() : 0) +
         change->reason.size() + 64;
}

// The source does not count previous contents: cuts the batch where it has reached the limit with them.
void Trim(SharedChanges& changes, size_t max_bytes) {
  size_t bytes = 0;
  size_t keep = 0;
  while (keep < changes.size() && bytes < max_bytes) bytes += BytesOf(changes[keep++]);
  changes.resize(keep);
}

absl::Status CursorError(const Head& head, std::string_view reason, std::string_view message) {
  absl::Status status = Error(absl::StatusCode::kOutOfRange, reason, message);
  status = WithMetadata(std::move(status), "township", head.township);
  status = WithMetadata(std::move(status), "first_kept", absl::StrCat(head.first_kept));
  return WithMetadata(std::move(status), "last_revision", absl::StrCat(head.last_revision));
}

}  // namespace

absl::Status CheckCursor(const Head& head, int64_t cursor) {
  if (cursor < head.first_kept - 1) {
    return CursorError(head, "CURSOR_TOO_OLD",
                       absl::StrCat("changes of ", head.township, " are kept from revision ", head.first_kept,
                                    " on; rebuild from a snapshot"));
  }
  if (cursor > head.last_revision) {
    return CursorError(head, "CURSOR_AHEAD",
                       absl::StrCat("the feed of ", head.township, " ends at revision ", head.last_revision,
                                    "; rebuild from a snapshot"));
  }
  return absl::OkStatus();
}

Follower::Follower(WatchHub& hub, Source& source, FollowOptions options, std::function<void()> wake)
    : hub_(hub),
      source_(source),
      options_(std::move(options)),
      subscription_(hub.Subscribe(options_.scope, std::move(wake))),
      last_sent_(options_.now()) {}

absl::StatusOr<std::vector<Batch>> Follower::Next() {
  if (hub_.closed()) {
    return Error(absl::StatusCode::kUnavailable, "SHUTTING_DOWN",
                 "the server is shutting down; connect again");
  }
  // The subscription is older than the heads that Start reads, so nothing falls between the two.
  if (!started_) return Start();
  for (const std::string& township : subscription_->TakeNews()) Enqueue(township);

  std::vector<Batch> batches;
  size_t changes = 0;
  size_t bytes = 0;
  while (!behind_.empty() && batches.size() < kMaxBatches && changes < options_.max_changes &&
         bytes < options_.max_bytes) {
    const std::string township = std::move(behind_.front());
    behind_.pop_front();
    Place& place = places_[township];
    place.queued = false;
    ASSIGN_OR_RETURN(Batch batch, Read(township, place));
    Enqueue(township);
    if (batch.changes.empty()) continue;
    changes += batch.changes.size();
    for (const SharedChange& change : batch.changes) bytes += BytesOf(change);
    batches.push_back(std::move(batch));
  }
  if (batches.empty()) return HeartbeatIfDue();
  last_sent_ = options_.now();
  return batches;
}

absl::StatusOr<std::vector<Batch>> Follower::Start() {
  ASSIGN_OR_RETURN(const std::vector<Head> heads, source_.ReadHeads(options_.scope));
  std::map<std::string, int64_t> without_feed = options_.cursors;
  std::vector<Batch> batches;
  batches.reserve(heads.size());
  for (const Head& head : heads) {
    without_feed.erase(head.township);
    const auto cursor = options_.cursors.find(head.township);
    Place& place = places_[head.township];
    place.cursor = cursor == options_.cursors.end() ? 0 : cursor->second;
    RETURN_IF_ERROR(CheckCursor(head, place.cursor));
    hub_.HeadSeen(head.township, head.last_revision);
    Enqueue(head.township);
    batches.push_back({.township = head.township, .changes = {}, .head_revision = head.last_revision});
  }
  for (const auto& [township, cursor] : without_feed) {
    if (!auth::Covers(options_.scope, township)) continue;
    RETURN_IF_ERROR(CheckCursor(Head{.township = township}, cursor));
  }
  started_ = true;
  last_sent_ = options_.now();
  if (batches.empty()) batches.push_back({});  // says that it has started
  return batches;
}

void Follower::Enqueue(const std::string& township) {
  Place& place = places_[township];
  if (place.queued || hub_.HeadOf(township) <= place.cursor) return;
  place.queued = true;
  behind_.push_back(township);
}

absl::StatusOr<Batch> Follower::Read(const std::string& township, Place& place) {
  Batch batch{.township = township, .changes = {}, .head_revision = 0};
  batch.changes = hub_.Recent(township, place.cursor, options_.max_changes, options_.max_bytes);
  if (batch.changes.empty()) {
    ASSIGN_OR_RETURN(batch.changes,
                     source_.ReadChanges(township, place.cursor, static_cast<int64_t>(options_.max_changes),
                                         static_cast<int64_t>(options_.max_bytes)));
    hub_.Refill(township, batch.changes);
    Trim(batch.changes, options_.max_bytes);
  }
  if (batch.changes.empty() || batch.changes.front()->revision != place.cursor + 1) {
    return LostPlace(township, place.cursor);
  }
  place.cursor = batch.changes.back()->revision;
  batch.head_revision = std::max(hub_.HeadOf(township), place.cursor);
  return batch;
}

// The head says that there are changes, but the next one is not there: they were removed behind a slow
// follower, or the database was set back to an older state.
absl::Status Follower::LostPlace(const std::string& township, int64_t cursor) {
  ASSIGN_OR_RETURN(const std::vector<Head> heads, source_.ReadHeads(township));
  const Head head = heads.empty() ? Head{.township = township} : heads.front();
  RETURN_IF_ERROR(CheckCursor(head, cursor));
  return CursorError(head, "CURSOR_AHEAD", "the feed has lost revisions; rebuild from a snapshot");
}

std::vector<Batch> Follower::HeartbeatIfDue() {
  const absl::Time now = options_.now();
  if (now - last_sent_ < options_.heartbeat) return {};
  last_sent_ = now;
  return {Batch{}};
}

}  // namespace zhenhui::feed
