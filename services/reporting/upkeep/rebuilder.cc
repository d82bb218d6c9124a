#include "services/reporting/upkeep/rebuilder.h"

#include <algorithm>
#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {
namespace {

constexpr int kThreads = 2;  // one waits for its next part while the other computes
constexpr absl::Duration kRetry = absl::Seconds(1);
constexpr absl::Duration kLongestRebuild = absl::Minutes(10);
// A town under rebuild that got so many changes makes its feed wait, so that they do not fill the memory.
constexpr size_t kMostKept = 200'000;

}  // namespace

Rebuilder::Rebuilder(Cube& cube, Options options) : cube_(cube), options_(std::move(options)) {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { Work(); });
}

Rebuilder::~Rebuilder() {
  Stop();
  for (std::thread& thread : threads_) thread.join();
}

void Rebuilder::Stop() {
  {
    std::scoped_lock lock(applying_, mutex_);
    stopped_ = true;
  }
  wake_.notify_all();
  kept_less_.notify_all();
}

bool Rebuilder::stopped() const {
  std::lock_guard lock(mutex_);
  return stopped_;
}

void Rebuilder::Want(const std::string& township) {
  {
    std::scoped_lock lock(applying_, mutex_);
    kept_[township];  // from now on
    wanted_.insert(township);
  }
  wake_.notify_one();
}

// Waits for a town that is wanted and that no other thread is at. False: stopped.
bool Rebuilder::Take(std::string& township) {
  std::unique_lock lock(mutex_);
  const auto find = [this] {
    return std::find_if(wanted_.begin(), wanted_.end(),
                        [this](const std::string& town) { return !running_.contains(town); });
  };
  wake_.wait(lock, [&] { return stopped_ || find() != wanted_.end(); });
  if (stopped_) return false;
  township = *running_.insert(*find()).first;
  wanted_.erase(township);
  return true;
}

void Rebuilder::Work() {
  for (std::string township; Take(township);) {
    absl::StatusOr<TownStatePtr> state = Build(township);
    if (state.ok()) {
      Replace(township, *std::move(state), true);
      options_.rebuilt(township);
    }
    std::unique_lock lock(mutex_);
    running_.erase(township);
    wake_.notify_all();  // somebody may have asked for it again
    if (state.ok() || stopped_) continue;
    log::Warning("not rebuilt, trying again", {{"feed", options_.source.name()},
                                               {"township", township},
                                               {"reason", ReasonOf(state.status())},
                                               {"why", std::string(state.status().message())}});
    wake_.wait_for(lock, absl::ToChronoNanoseconds(kRetry), [this] { return stopped_; });
    wanted_.insert(township);
  }
}

absl::Status Rebuilder::RebuildNow(const std::string& township) {
  ASSIGN_OR_RETURN(TownStatePtr state, Build(township));
  Replace(township, std::move(state), false);
  return absl::OkStatus();
}

absl::StatusOr<TownStatePtr> Rebuilder::Build(const std::string& township) {
  const absl::Time start = absl::Now();
  TownBuilder builder(cube_.vocabulary());
  const absl::StatusOr<int64_t> records = ReadSnapshot(
      options_.source, cube_.vocabulary(), township, 0, start + kLongestRebuild, [this] { return stopped(); },
      builder);
  // A feed that never told of the town is an empty feed.
  if (!records.ok() && records.status().code() != absl::StatusCode::kNotFound) return records.status();
  TownStatePtr state = builder.Build();
  log::Info("rebuilt", {{"feed", options_.source.name()},
                        {"township", township},
                        {"revision", state->applied()[options_.source.feed]},
                        {"records", records.ok() ? *records : 0},
                        {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
  return state;
}

void Rebuilder::Replace(const std::string& township, TownStatePtr state, bool with_kept) {
  std::lock_guard replacing(options_.replacing->Of(township));
  {
    std::lock_guard lock(applying_);
    if (with_kept) state = PlusKept(township, std::move(state));
    cube_.ReplaceFeed(township, options_.source.feed, *state, options_.clock->Now());
  }
  kept_less_.notify_all();
  options_.replaced(township);
}

// Holds applying_.
TownStatePtr Rebuilder::PlusKept(const std::string& township, TownStatePtr state) {
  const auto kept = kept_.find(township);
  if (kept == kept_.end()) return state;
  Dirty all;  // ReplaceFeed marks everything
  absl::StatusOr<TownStatePtr> newest =
      Fold(cube_.vocabulary()).Apply(state, options_.source.feed, kept->second, all);
  {
    std::lock_guard lock(mutex_);
    // Asked for again meanwhile: that rebuild needs what comes from now on.
    wanted_.contains(township) ? kept->second.clear() : void(kept_.erase(kept));
  }
  // A gap: the feed was set back. The next change will not fit, and the follower reads again from what is
  // applied.
  return newest.ok() ? *std::move(newest) : state;
}

absl::Status Rebuilder::Apply(const std::string& township, std::span<const Change> changes) {
  std::unique_lock lock(applying_);
  kept_less_.wait(lock, [&] {
    const auto kept = kept_.find(township);
    return stopped() || kept == kept_.end() || kept->second.size() < kMostKept;
  });
  absl::Status status = cube_.Apply(township, options_.source.feed, changes, options_.clock->Now());
  const bool without_figures = ReasonOf(status) == "REBUILDING";  // an earlier rebuild failed
  if (!status.ok() && !without_figures) return status;
  if (without_figures && !kept_.contains(township)) {
    std::lock_guard wanting(mutex_);
    kept_[township];
    wanted_.insert(township);
    wake_.notify_one();
  }
  if (const auto kept = kept_.find(township); kept != kept_.end()) {
    kept->second.insert(kept->second.end(), changes.begin(), changes.end());
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting
