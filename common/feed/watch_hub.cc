#include "common/feed/watch_hub.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/auth/claims.h"

namespace zhenhui::feed {
namespace {

// Batches of one township held back at once. In one process only so many transactions can overtake each
// other; a gap that outlasts them was written by another process, and the ring goes on behind it.
constexpr size_t kMaxHeld = 16;

// A change's share of memory, allocations and bookkeeping included.
size_t Weigh(const StoredChange& change) {
  return sizeof(StoredChange) + 128 + change.record_id.size() + change.record.size() +
         (change.previous.has_value() ? change.previous->size() : 0) + change.reason.size() +
         change.by.size();
}

size_t Weigh(const SharedChanges& changes) {
  size_t bytes = 0;
  for (const SharedChange& change : changes) bytes += Weigh(*change);
  return bytes;
}

}  // namespace

std::set<std::string> Subscription::TakeNews() {
  std::lock_guard lock(mu_);
  return std::exchange(news_, {});
}

void WatchHub::Published(std::string_view township, const SharedChanges& changes) {
  if (changes.empty()) return;
  {
    std::lock_guard lock(mu_);
    Ring& ring = RingOf(township);
    ring.head = std::max(ring.head, changes.back()->revision);
    Store(ring, changes);
    Evict();
  }
  Tell(township);
}

void WatchHub::HeadSeen(std::string_view township, int64_t last_revision) {
  {
    std::lock_guard lock(mu_);
    Ring& ring = RingOf(township);
    if (last_revision <= ring.head) return;
    ring.head = last_revision;
  }
  Tell(township);
}

void WatchHub::Refill(std::string_view township, const SharedChanges& changes) {
  if (changes.empty()) return;
  std::lock_guard lock(mu_);
  Ring& ring = RingOf(township);
  if (ring.held.empty() || ring.changes.empty()) return;
  if (changes.front()->revision > ring.changes.back()->revision + 1) return;
  Extend(ring, changes);
  DrainHeld(ring);
  Evict();
}

SharedChanges WatchHub::Recent(std::string_view township, int64_t after_revision, size_t max_rows,
                               size_t max_bytes) const {
  SharedChanges found;
  std::lock_guard lock(mu_);
  const auto place = rings_.find(township);
  if (place == rings_.end() || place->second->changes.empty()) return found;
  const std::deque<SharedChange>& changes = place->second->changes;
  const int64_t index = after_revision + 1 - changes.front()->revision;
  if (index < 0) return found;
  size_t bytes = 0;
  for (auto i = static_cast<size_t>(index);
       i < changes.size() && found.size() < max_rows && bytes < max_bytes; ++i) {
    found.push_back(changes[i]);
    bytes += Weigh(*changes[i]);
  }
  return found;
}

int64_t WatchHub::HeadOf(std::string_view township) const {
  std::lock_guard lock(mu_);
  const auto place = rings_.find(township);
  return place == rings_.end() ? 0 : place->second->head;
}

std::shared_ptr<Subscription> WatchHub::Subscribe(std::string_view scope, std::function<void()> wake) {
  auto subscription = std::make_shared<Subscription>();
  subscription->scope_ = std::string(scope);
  subscription->wake_ = std::move(wake);
  std::lock_guard lock(subscribers_mu_);
  std::erase_if(subscribers_, [](const auto& subscriber) { return subscriber.expired(); });
  subscribers_.push_back(subscription);
  return subscription;
}

void WatchHub::Close() {
  std::vector<std::shared_ptr<Subscription>> all;
  {
    std::lock_guard lock(subscribers_mu_);
    closed_ = true;
    for (const auto& subscriber : subscribers_) {
      if (auto subscription = subscriber.lock()) all.push_back(std::move(subscription));
    }
  }
  for (const auto& subscription : all) subscription->wake_();
}

bool WatchHub::closed() const {
  std::lock_guard lock(subscribers_mu_);
  return closed_;
}

size_t WatchHub::bytes_in_rings() const {
  std::lock_guard lock(mu_);
  return bytes_ + held_bytes_;
}

WatchHub::Ring& WatchHub::RingOf(std::string_view township) {
  auto place = rings_.find(township);
  if (place == rings_.end()) place = rings_.emplace(std::string(township), std::make_unique<Ring>()).first;
  return *place->second;
}

void WatchHub::Store(Ring& ring, const SharedChanges& changes) {
  if (!ring.changes.empty() && changes.front()->revision > ring.changes.back()->revision + 1) {
    if (ring.held.emplace(changes.front()->revision, changes).second) held_bytes_ += Weigh(changes);
    if (ring.held.size() > kMaxHeld || held_bytes_ > ring_bytes_ / 4) Restart(ring);
    return;
  }
  Extend(ring, changes);
  DrainHeld(ring);
}

// Appends what is new of `changes`, which leave no gap behind the ring.
void WatchHub::Extend(Ring& ring, const SharedChanges& changes) {
  const int64_t have = ring.changes.empty() ? 0 : ring.changes.back()->revision;
  bool extended = false;
  for (const SharedChange& change : changes) {
    if (change->revision <= have) continue;
    bytes_ += Weigh(*change);
    ring.changes.push_back(change);
    extended = true;
  }
  if (extended) arrivals_.push_back({&ring, ring.changes.back()->revision});
}

// Gives up what lies before the gap.
void WatchHub::Restart(Ring& ring) {
  std::erase_if(arrivals_, [&ring](const Arrival& arrival) { return arrival.ring == &ring; });
  for (const SharedChange& change : ring.changes) bytes_ -= Weigh(*change);
  ring.changes.clear();
  DrainHeld(ring);
}

void WatchHub::DrainHeld(Ring& ring) {
  while (!ring.held.empty()) {
    const auto next = ring.held.begin();
    if (!ring.changes.empty() && next->first > ring.changes.back()->revision + 1) return;
    held_bytes_ -= Weigh(next->second);
    Extend(ring, next->second);
    ring.held.erase(next);
  }
}

void WatchHub::Evict() {
  while (bytes_ > ring_bytes_ && !arrivals_.empty()) {
    const Arrival oldest = arrivals_.front();
    arrivals_.pop_front();
    std::deque<SharedChange>& changes = oldest.ring->changes;
    while (!changes.empty() && changes.front()->revision <= oldest.last_revision) {
      bytes_ -= Weigh(*changes.front());
      changes.pop_front();
    }
  }
}

void WatchHub::Tell(std::string_view township) {
  std::vector<std::shared_ptr<Subscription>> told;
  {
    std::lock_guard lock(subscribers_mu_);
    for (const auto& subscriber : subscribers_) {
      auto subscription = subscriber.lock();
      if (subscription == nullptr || !auth::Covers(subscription->scope_, township)) continue;
      told.push_back(std::move(subscription));
    }
  }
  for (const auto& subscription : told) {
    {
      std::lock_guard lock(subscription->mu_);
      subscription->news_.emplace(township);
    }
    subscription->wake_();
  }
}

}  // namespace zhenhui::feed
