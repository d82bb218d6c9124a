#include "services/reporting/upkeep/upkeep.h"

#include <utility>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/status_macros.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

namespace zhenhui::reporting {

Upkeep::Upkeep(Cube& cube, Catalogue& catalogue, CellStore& store, Options options)
    : cube_(cube),
      catalogue_(catalogue),
      store_(store),
      options_(std::move(options)),
      verifier_(cube, ActivitiesFeed(options_.activities), TownshipsFeed(options_.townships),
                *options_.clock) {}

Upkeep::~Upkeep() { Stop(); }

absl::Status Upkeep::Start(absl::Time deadline) {
  if (loaded_) return absl::OkStatus();
  const absl::Time start = absl::Now();
  ASSIGN_OR_RETURN(std::vector<TownView> towns, store_.Load(cube_.vocabulary(), deadline));
  for (TownView& town : towns) cube_.Load(town.code, std::move(town.state));
  log::Info("loaded",
            {{"townships", towns.size()}, {"milliseconds", absl::ToInt64Milliseconds(absl::Now() - start)}});
  std::lock_guard lock(mutex_);
  if (stopping_) return absl::CancelledError("stopping");
  flusher_ = std::make_unique<Flusher>(
      cube_, store_,
      Flusher::Options{
          .interval = options_.flush_interval,
          .replacing = &replacing_,
          .rebuild = [this](const std::string& town, int64_t request) { BeginRebuild(town, request); }});
  townships_ = Follow(TownshipsFeed(options_.townships));
  activities_ = Follow(ActivitiesFeed(options_.activities));
  if (options_.verify_interval > absl::ZeroDuration()) verifier_.StartBackground(options_.verify_interval);
  loaded_ = true;
  return absl::OkStatus();
}

void Upkeep::Stop() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  // Nothing else touches these once `stopping_` is set; the flusher goes last, so that it flushes what came.
  verifier_.StopBackground();
  activities_.reset();
  townships_.reset();
  flusher_.reset();
}

bool Upkeep::following() const {
  std::lock_guard lock(mutex_);
  return !stopping_ && activities_ != nullptr && activities_->following() && townships_->following();
}

std::unique_ptr<FeedFollower> Upkeep::Follow(const FeedSource& source) {
  const Feed feed = source.feed;
  return std::make_unique<FeedFollower>(
      cube_, FeedFollower::Options{
                 .source = source,
                 .scope = options_.scope,
                 .clock = options_.clock,
                 .before_connect =
                     [this, feed] { return feed == Feed::kActivities ? AskKinds() : absl::OkStatus(); },
                 .rebuilt = [this, feed](const std::string& town) { EndRebuild(town, feed); },
                 .replaced = [this](const std::string& town) { flusher_->Replaced(town); },
                 .replacing = &replacing_});
}

// Figures go on to be folded when the catalogues differ: the cells are right, only formulas are not.
absl::Status Upkeep::AskKinds() {
  const auto stub = activities::v1::ActivityService::NewStub(options_.activities);
  grpc::ClientContext context;
  rpc::PrepareContext(&context, absl::Seconds(5));
  activities::v1::ListKindsResponse kinds;
  RETURN_IF_ERROR(rpc::FromGrpc(stub->ListKinds(&context, {}, &kinds)));
  catalogue_.CompareWith(kinds).IgnoreError();
  return absl::OkStatus();
}

void Upkeep::BeginRebuild(const std::string& township, int64_t request) {
  std::lock_guard lock(mutex_);
  if (stopping_ || activities_ == nullptr) return;
  rebuilds_[township] = {request, {Feed::kActivities, Feed::kTownships}};
  activities_->Rebuild(township);
  townships_->Rebuild(township);
}

void Upkeep::EndRebuild(const std::string& township, Feed feed) {
  std::lock_guard lock(mutex_);
  const auto found = rebuilds_.find(township);
  if (found == rebuilds_.end()) return;
  found->second.missing.erase(feed);
  if (!found->second.missing.empty()) return;
  flusher_->RebuildDone(township, found->second.request);
  rebuilds_.erase(found);
}

}  // namespace zhenhui::reporting
