#include "services/reporting/upkeep/feed_follower.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/upkeep/raw_stream.h"

namespace zhenhui::reporting {
namespace {

constexpr absl::Duration kFirstRetry = absl::Milliseconds(100);
constexpr absl::Duration kLastRetry = absl::Seconds(3);
// The feeds send a heartbeat every 10 s.
constexpr absl::Duration kFeedSilence = absl::Seconds(35);
// Changes that arrive this close together are applied together: one new state instead of many.
constexpr absl::Duration kCoalesce = absl::Milliseconds(1);
constexpr size_t kMostChanges = 8000;

bool LostItsPlace(const absl::Status& status) { return status.code() == absl::StatusCode::kOutOfRange; }

}  // namespace

FeedFollower::FeedFollower(Cube& cube, Options options)
    : cube_(cube),
      options_(std::move(options)),
      rebuilder_(cube, {.source = options_.source,
                        .clock = options_.clock,
                        .rebuilt = options_.rebuilt,
                        .replaced = options_.replaced,
                        .replacing = options_.replacing}),
      thread_([this] { Run(); }) {}

FeedFollower::~FeedFollower() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
    if (stream_ != nullptr) stream_->Cancel();
  }
  wake_.notify_all();
  rebuilder_.Stop();
  thread_.join();
}

bool FeedFollower::stopped() const {
  std::lock_guard lock(mutex_);
  return stopped_;
}

void FeedFollower::WaitBeforeRetry(absl::Duration wait) {
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, absl::ToChronoNanoseconds(wait), [this] { return stopped_; });
}

void FeedFollower::Run() {
  absl::Duration retry = kFirstRetry;
  while (!stopped()) {
    const absl::Status status = FollowOnce();
    if (following_.exchange(false)) retry = kFirstRetry;
    if (stopped()) return;
    log::Warning("feed ended", {{"feed", options_.source.name()},
                                {"reason", ReasonOf(status)},
                                {"why", std::string(status.message())}});
    const auto metadata = MetadataOf(status);
    if (const auto town = metadata.find("township"); LostItsPlace(status) && town != metadata.end()) {
      if (const absl::Status rebuilt = rebuilder_.RebuildNow(town->second); rebuilt.ok()) continue;
      cube_.AnnounceRebuild(town->second);
    }
    WaitBeforeRetry(retry);
    retry = std::min(retry * 2, kLastRetry);
  }
}

std::map<std::string, int64_t> FeedFollower::Cursors() const {
  std::map<std::string, int64_t> cursors;
  for (const std::string& town : cube_.TownshipsUnder(options_.scope)) {
    const absl::StatusOr<TownStatePtr> state = cube_.Snapshot(town);
    if (!state.ok()) continue;
    if (const int64_t applied = (*state)->applied()[options_.source.feed]; applied > 0)
      cursors.emplace(town, applied);
  }
  return cursors;
}

absl::Status FeedFollower::FollowOnce() {
  RETURN_IF_ERROR(options_.before_connect());
  const FeedSource& source = options_.source;
  RawStream stream(source.channel, source.watch_method, source.watch_request(options_.scope, Cursors()),
                   absl::InfiniteFuture());
  {
    std::lock_guard lock(mutex_);
    if (stopped_) return absl::CancelledError("");
    stream_ = &stream;
  }
  absl::Status status = ReadStream(stream);
  {
    std::lock_guard lock(mutex_);
    stream_ = nullptr;
  }
  return status;
}

absl::Status FeedFollower::ReadStream(RawStream& stream) {
  std::string_view message;
  for (;;) {
    RawStream::Got got = stream.Next(kFeedSilence, message);
    if (got == RawStream::Got::kNothingYet) {
      return Error(absl::StatusCode::kUnavailable, "FEED_SILENT", "no heartbeat came");
    }
    Gathered gathered;
    size_t changes = 0;
    const absl::Time until = absl::Now() + kCoalesce;
    while (got == RawStream::Got::kMessage) {
      following_ = true;
      RETURN_IF_ERROR(Gather(message, gathered, changes));
      if (changes == 0 || changes >= kMostChanges) break;
      const absl::Duration left = until - absl::Now();
      if (left <= absl::ZeroDuration()) break;
      got = stream.Next(left, message);
    }
    RETURN_IF_ERROR(Apply(gathered));
    if (got == RawStream::Got::kEnd) break;
  }
  absl::Status status = stream.Finish();
  return status.ok() ? Error(absl::StatusCode::kUnavailable, "FEED_ENDED", "the service ended the feed")
                     : status;
}

absl::Status FeedFollower::Gather(std::string_view message, Gathered& gathered, size_t& changes) {
  ASSIGN_OR_RETURN(FeedBatch batch, options_.source.read_changes(cube_.vocabulary(), message));
  if (batch.township.empty()) return absl::OkStatus();
  changes += batch.changes.size();
  const auto [held, is_new] = gathered.try_emplace(batch.township);
  if (is_new) {
    held->second = std::move(batch);
    return absl::OkStatus();
  }
  held->second.head_revision = std::max(held->second.head_revision, batch.head_revision);
  std::move(batch.changes.begin(), batch.changes.end(), std::back_inserter(held->second.changes));
  return absl::OkStatus();
}

absl::Status FeedFollower::Apply(const Gathered& gathered) {
  const Feed feed = options_.source.feed;
  for (const auto& [township, batch] : gathered) {
    // Also without changes: it makes the town known.
    RETURN_IF_ERROR(rebuilder_.Apply(township, batch.changes));
    cube_.SetHead(township, feed, batch.head_revision);
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting
