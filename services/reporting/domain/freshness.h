#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "services/reporting/domain/series.h"

// Who waits for a revision, and who listens for changes.
namespace zhenhui::reporting {

// Everything of a township's feed up to and including `revision`.
struct Position {
  Feed feed = Feed::kActivities;
  std::string township;
  int64_t revision = 0;
};

using WaitId = uint64_t;  // 0: nothing to cancel
using ListenerId = uint64_t;

// Waits without threads. Thread-safe; callbacks run outside its lock.
class FreshnessWaiters {
 public:
  using IsIncluded = std::function<bool(const Position&)>;

  // Registers first and then asks `included`, so a change that is published in between is not missed.
  WaitId Add(std::vector<Position> positions, std::function<void()> done, const IsIncluded& included);
  // True if the callback was not called and never will be.
  bool Cancel(WaitId id);
  // Looks again at those who wait for this town.
  void Wake(const std::string& township, const IsIncluded& included);

 private:
  struct Waiter {
    std::vector<Position> wanted;
    std::function<void()> done;
  };
  // Removes the waiter if all it wants is included; gives its callback.
  std::function<void()> TakeIfReady(WaitId id, const IsIncluded& included);
  void Forget(std::map<WaitId, Waiter>::iterator waiter);

  std::mutex mutex_;
  WaitId next_ = 1;
  std::map<WaitId, Waiter> waiters_;
  std::set<std::pair<std::string, WaitId>> by_town_;
};

// Thread-safe; listeners are called outside its lock.
class ChangeListeners {
 public:
  using Listener = std::function<void(const std::string& township)>;

  ListenerId Add(Listener listener);
  void Remove(ListenerId id);
  void Call(const std::string& township) const;

 private:
  mutable std::mutex mutex_;
  ListenerId next_ = 1;
  // Copied on write, so that a call holds no lock and copies one pointer.
  std::shared_ptr<const std::map<ListenerId, Listener>> listeners_ =
      std::make_shared<std::map<ListenerId, Listener>>();
};

}  // namespace zhenhui::reporting
