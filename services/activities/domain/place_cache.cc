#include "services/activities/domain/place_cache.h"

#include <algorithm>
#include <utility>

#include "common/status/reason.h"

namespace zhenhui::activities {

bool PlaceCache::MustAsk(const Entry& entry, Freshness freshness) const {
  const absl::Duration age = clock_.Now() - entry.asked;
  if (age < options_.min_refresh) return false;
  return entry.places == nullptr || freshness == Freshness::kRefresh || age >= options_.ttl;
}

void PlaceCache::MakeRoom() {
  while (entries_.size() >= options_.capacity) {
    auto oldest = entries_.end();
    for (auto it = entries_.begin(); it != entries_.end(); ++it) {
      if (!it->second.asking && (oldest == entries_.end() || it->second.asked < oldest->second.asked))
        oldest = it;
    }
    if (oldest == entries_.end()) return;
    entries_.erase(oldest);
  }
}

absl::StatusOr<std::shared_ptr<const Places>> PlaceCache::Get(std::string_view township, Freshness freshness,
                                                              absl::Time deadline) {
  std::unique_lock lock(mu_);
  auto found = entries_.find(township);
  if (found == entries_.end()) {
    MakeRoom();
    found = entries_.emplace(township, Entry()).first;
  }
  Entry& entry = found->second;  // stays where it is while `asking` is set
  if (entry.asking && entry.places == nullptr) {
    const bool in_time = answered_.wait_until(lock, absl::ToChronoTime(deadline), [&] {
      const auto now = entries_.find(township);
      return now == entries_.end() || !now->second.asking;
    });
    const auto now = entries_.find(township);
    if (in_time && now != entries_.end()) {
      if (now->second.places != nullptr) return now->second.places;
      return now->second.error;
    }
    return WithRetryDelay(Error(absl::StatusCode::kUnavailable, "REGISTER_UNAVAILABLE",
                                "the register of places did not answer in time; try again"),
                          absl::Seconds(1));
  }
  if (entry.asking || !MustAsk(entry, freshness)) {
    if (entry.places != nullptr) return entry.places;
    return entry.error;
  }
  entry.asking = true;
  entry.asked = clock_.Now();
  lock.unlock();
  auto answer = source_.Get(township, freshness, deadline);
  lock.lock();
  entry.asking = false;
  answered_.notify_all();
  if (answer.ok()) {
    entry.places = *std::move(answer);
    entry.error = absl::OkStatus();
    return entry.places;
  }
  entry.error = answer.status();
  // A township that is gone is gone; a register that does not answer leaves us with what we know.
  if (absl::IsNotFound(entry.error)) entry.places = nullptr;
  if (entry.places != nullptr) return entry.places;
  return entry.error;
}

}  // namespace zhenhui::activities
