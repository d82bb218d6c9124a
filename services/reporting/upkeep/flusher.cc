#include "services/reporting/upkeep/flusher.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {
namespace {

constexpr absl::Duration kRoundTimeout = absl::Seconds(30);
constexpr absl::Duration kLastRound = absl::Seconds(2);
// A rebuilt town waits at most this long for what else is being rebuilt before it is stored.
constexpr absl::Duration kLongestHold = absl::Seconds(10);

bool Reaches(const Applied& a, const Applied& b) {
  return std::all_of(std::begin(kFeeds), std::end(kFeeds), [&](Feed feed) { return a[feed] >= b[feed]; });
}

}  // namespace

Flusher::Flusher(Cube& cube, CellStore& store, Options options)
    : cube_(cube), store_(store), options_(std::move(options)), thread_([this] { Run(); }) {}

Flusher::~Flusher() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Flusher::Replaced(const std::string& township) {
  std::lock_guard lock(mutex_);
  replaced_.try_emplace(township, absl::Now());
}

void Flusher::RebuildDone(const std::string& township, int64_t request) {
  std::lock_guard lock(mutex_);
  rebuilt_[township] = request;
  if (const auto asked = rebuilding_.find(township); asked != rebuilding_.end() && asked->second <= request) {
    rebuilding_.erase(asked);
  }
}

void Flusher::Run() {
  for (;;) {
    bool last = false;
    {
      std::unique_lock lock(mutex_);
      last = wake_.wait_for(lock, absl::ToChronoNanoseconds(options_.interval), [this] { return stopped_; });
    }
    Report(Round(absl::Now() + (last ? kLastRound : kRoundTimeout)));
    if (last) return;
  }
}

// A trouble is told when it begins and when it ends, not twice a second.
void Flusher::Report(const absl::Status& status) {
  if (status.code() != last_.code() || ReasonOf(status) != ReasonOf(last_)) {
    if (!status.ok()) {
      log::Warning("not flushed", {{"reason", ReasonOf(status)}, {"why", std::string(status.message())}});
    } else {
      log::Info("flushing again", {});
    }
  }
  last_ = status;
}

absl::Status Flusher::Round(absl::Time deadline) {
  RETURN_IF_ERROR(LookForRebuilds(deadline));
  ASSIGN_OR_RETURN(const bool leads, Lead(deadline));
  if (!leads) return absl::OkStatus();
  std::map<std::string, int64_t> rebuilt;
  {
    std::lock_guard lock(mutex_);
    rebuilt = rebuilt_;
  }
  LetReplacedGoBack();
  for (const std::string& township : cube_.DirtyTowns()) {
    if (!HeldBack(township)) RETURN_IF_ERROR(FlushTown(township, deadline));
  }
  if (rebuilt.empty()) return absl::OkStatus();
  RETURN_IF_ERROR(store_.RebuildsDone(rebuilt, deadline));
  std::lock_guard lock(mutex_);
  for (const auto& [township, request] : rebuilt) {
    if (rebuilt_[township] == request) rebuilt_.erase(township);
  }
  return absl::OkStatus();
}

absl::Status Flusher::LookForRebuilds(absl::Time deadline) {
  ASSIGN_OR_RETURN(const auto requests, store_.ReadRebuildRequests(deadline));
  for (const auto& [township, request] : requests) {
    int64_t& asked = asked_[township];
    if (request.requested <= std::max(asked, request.done)) continue;
    asked = request.requested;
    {
      std::lock_guard lock(mutex_);
      rebuilding_[township] = request.requested;
    }
    options_.rebuild(township, request.requested);
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Flusher::Lead(absl::Time deadline) {
  if (leading_) return true;
  ASSIGN_OR_RETURN(const bool leads, store_.TryLead(deadline));
  if (!leads) return false;
  ASSIGN_OR_RETURN(auto stored, store_.ReadApplied(deadline));
  for (const std::string& township : cube_.TownshipsUnder(""))
    RETURN_IF_ERROR(Realign(township, stored[township]));
  leading_ = true;
  log::Info("leading the flush", {});
  return true;
}

// Dirty cells cover everything since the cube's flushed mark. If the store is at or beyond the mark, writing
// them as absolute values brings it up to date from there; if it is behind, only the whole town does.
absl::Status Flusher::Realign(const std::string& township, const Applied& stored) {
  ASSIGN_OR_RETURN(const TownFreshness freshness, cube_.Freshness(township));
  if (!Reaches(stored, freshness.flushed)) {
    log::Warning("stored cells are behind", {{"township", township}});
    FlushBatch everything;
    everything.township = township;
    everything.dirty.all = true;
    cube_.FlushFailed(everything);
  }
  cube_.SetFlushed(township, stored);
  return absl::OkStatus();
}

// The cube flushes nothing of a town that is behind its flushed mark, as it will catch up. A replaced one may
// never.
void Flusher::LetReplacedGoBack() {
  std::map<std::string, absl::Time> replaced;
  {
    std::lock_guard lock(mutex_);
    replaced = replaced_;  // only this thread removes any
  }
  for (const auto& [township, since] : replaced) {
    std::lock_guard replacing(options_.replacing->Of(township));
    const absl::StatusOr<TownFreshness> freshness = cube_.Freshness(township);
    if (!freshness.ok()) continue;
    Applied mark;
    for (const Feed feed : kFeeds) mark[feed] = std::min(freshness->flushed[feed], freshness->applied[feed]);
    cube_.SetFlushed(township, mark);
  }
}

// Figures first: storing whole towns would take half of the machine from those that are still being rebuilt,
// and a town of which only one feed is rebuilt would be stored twice.
bool Flusher::HeldBack(const std::string& township) {
  std::lock_guard lock(mutex_);
  const auto replaced = replaced_.find(township);
  return !stopped_ && !rebuilding_.empty() && replaced != replaced_.end() &&
         absl::Now() < replaced->second + kLongestHold;
}

absl::Status Flusher::FlushTown(const std::string& township, absl::Time deadline) {
  std::lock_guard replacing(options_.replacing->Of(township));
  const std::optional<FlushBatch> batch = cube_.TakeDirty(township);
  if (!batch) return absl::OkStatus();
  const absl::Status status = store_.Flush(cube_.vocabulary(), *batch, deadline);
  if (status.ok()) {
    cube_.Flushed(*batch);
    std::lock_guard lock(mutex_);
    replaced_.erase(township);
    return absl::OkStatus();
  }
  cube_.FlushFailed(*batch);
  if (ReasonOf(status) == "NOT_LEADING") leading_ = false;
  if (ReasonOf(status) != "FLUSH_CONFLICT") return status;
  // A commit whose answer was lost, or a store that somebody restored: go on from what is there.
  ASSIGN_OR_RETURN(auto stored, store_.ReadApplied(deadline));
  return Realign(township, stored[township]);
}

}  // namespace zhenhui::reporting
