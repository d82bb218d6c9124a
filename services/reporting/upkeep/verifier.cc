#include "services/reporting/upkeep/verifier.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/status_macros.h"

namespace zhenhui::reporting {

Verifier::Verifier(Cube& cube, FeedSource activities, FeedSource townships, const Clock& clock)
    : cube_(cube), sources_{std::move(activities), std::move(townships)}, clock_(clock) {}

Verifier::~Verifier() { StopBackground(); }

absl::StatusOr<Verdict> Verifier::Verify(const std::string& township, absl::Time deadline,
                                         const std::function<bool()>& cancelled) {
  ASSIGN_OR_RETURN(const TownStatePtr held, cube_.Snapshot(township));
  Verdict verdict;
  verdict.applied = held->applied();
  TownBuilder builder(cube_.vocabulary());
  for (const FeedSource& source : sources_) {
    const int64_t revision = held->applied()[source.feed];
    if (revision == 0) continue;  // nothing is what was there; asking for 0 would read the newest
    ASSIGN_OR_RETURN(const int64_t records, ReadSnapshot(source, cube_.vocabulary(), township, revision,
                                                         deadline, cancelled, builder));
    verdict.records += records;
  }
  const TownStatePtr recomputed = builder.Build();
  verdict.differences = Diff(cube_.vocabulary(), *held, *recomputed);
  if (verdict.equal()) {
    cube_.SetVerifiedEqual(township, clock_.Now());
  } else {
    log::Error("cells are not what the records say", {{"township", township},
                                                      {"cells", verdict.differences.cells_different},
                                                      {"places_equal", verdict.differences.places_equal}});
  }
  return verdict;
}

bool Verifier::stopped() {
  std::lock_guard lock(mutex_);
  return stopped_;
}

void Verifier::StartBackground(absl::Duration interval) {
  thread_ = std::thread([this, interval] { Run(interval); });
}

void Verifier::StopBackground() {
  {
    std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Verifier::Run(absl::Duration interval) {
  std::string last;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, absl::ToChronoNanoseconds(interval), [this] { return stopped_; })) return;
    }
    const std::vector<std::string> towns = cube_.TownshipsUnder("");
    if (towns.empty()) continue;
    const auto next = std::upper_bound(towns.begin(), towns.end(), last);
    last = next == towns.end() ? towns.front() : *next;
    const auto verdict = Verify(last, absl::Now() + absl::Minutes(5), [this] { return stopped(); });
    if (!verdict.ok() && !stopped()) {
      log::Debug("not verified", {{"township", last}, {"why", std::string(verdict.status().message())}});
    }
  }
}

}  // namespace zhenhui::reporting
