#include "services/reporting/domain/freshness.h"

#include <algorithm>

namespace zhenhui::reporting {

WaitId FreshnessWaiters::Add(std::vector<Position> positions, std::function<void()> done,
                             const IsIncluded& included) {
  std::function<void()> ready;
  WaitId id = 0;
  {
    std::lock_guard lock(mutex_);
    id = next_++;
    for (const Position& position : positions) by_town_.emplace(position.township, id);
    waiters_.emplace(id, Waiter{std::move(positions), std::move(done)});
    ready = TakeIfReady(id, included);
  }
  if (!ready) return id;
  ready();
  return 0;
}

bool FreshnessWaiters::Cancel(WaitId id) {
  std::function<void()> dropped;  // before the lock, so that it is destroyed after its release
  std::lock_guard lock(mutex_);
  const auto waiter = waiters_.find(id);
  if (waiter == waiters_.end()) return false;
  dropped = std::move(waiter->second.done);
  Forget(waiter);
  return true;
}

void FreshnessWaiters::Wake(const std::string& township, const IsIncluded& included) {
  std::vector<std::function<void()>> ready;
  {
    std::lock_guard lock(mutex_);
    std::vector<WaitId> ids;
    for (auto it = by_town_.lower_bound({township, 0}); it != by_town_.end() && it->first == township; ++it) {
      ids.push_back(it->second);
    }
    for (const WaitId id : ids) {
      if (auto done = TakeIfReady(id, included)) ready.push_back(std::move(done));
    }
  }
  for (const auto& done : ready) done();
}

std::function<void()> FreshnessWaiters::TakeIfReady(WaitId id, const IsIncluded& included) {
  const auto waiter = waiters_.find(id);
  const std::vector<Position>& wanted = waiter->second.wanted;
  if (!std::all_of(wanted.begin(), wanted.end(), included)) return nullptr;
  std::function<void()> done = std::move(waiter->second.done);
  Forget(waiter);
  return done;
}

void FreshnessWaiters::Forget(std::map<WaitId, Waiter>::iterator waiter) {
  for (const Position& position : waiter->second.wanted) by_town_.erase({position.township, waiter->first});
  waiters_.erase(waiter);
}

ListenerId ChangeListeners::Add(Listener listener) {
  std::lock_guard lock(mutex_);
  auto copy = std::make_shared<std::map<ListenerId, Listener>>(*listeners_);
  copy->emplace(next_, std::move(listener));
  listeners_ = std::move(copy);
  return next_++;
}

void ChangeListeners::Remove(ListenerId id) {
  std::lock_guard lock(mutex_);
  auto copy = std::make_shared<std::map<ListenerId, Listener>>(*listeners_);
  copy->erase(id);
  listeners_ = std::move(copy);
}

void ChangeListeners::Call(const std::string& township) const {
  std::shared_ptr<const std::map<ListenerId, Listener>> listeners;
  {
    std::lock_guard lock(mutex_);
    listeners = listeners_;
  }
  for (const auto& [id, listener] : *listeners) listener(township);
}

}  // namespace zhenhui::reporting
