#include "services/reporting/rpc/watch_board.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"

namespace zhenhui::reporting {

std::set<std::string> WatchBoard::Watch::TakeChanged() {
  std::lock_guard lock(mutex_);
  return std::exchange(changed_, {});
}

WatchBoard::WatchBoard(Cube& cube, absl::Duration interval)
    : cube_(cube),
      interval_(interval),
      listener_(cube.Listen([news = news_](const std::string& township) {
        std::lock_guard lock(news->mutex);
        if (news->changed.insert(township).second) news->wake.notify_one();
      })),
      thread_([this] { Run(); }) {}

WatchBoard::~WatchBoard() {
  cube_.Unlisten(listener_);
  Close();
  thread_.join();
}

std::shared_ptr<WatchBoard::Watch> WatchBoard::Register(const std::vector<std::string>& towns,
                                                        const std::string& prefix,
                                                        std::shared_ptr<rpc::Waker> waker) {
  auto watch = std::make_shared<Watch>();
  watch->towns_ = {towns.begin(), towns.end()};
  watch->prefix_ = prefix;
  watch->waker_ = std::move(waker);
  std::lock_guard lock(mutex_);
  watches_.push_back(watch);
  return watch;
}

void WatchBoard::Close() {
  {
    std::lock_guard lock(news_->mutex);
    news_->closed = true;
  }
  news_->wake.notify_all();
  for (const auto& watch : Watches()) watch->waker_->Wake();
}

bool WatchBoard::closed() const {
  std::lock_guard lock(news_->mutex);
  return news_->closed;
}

std::vector<std::shared_ptr<WatchBoard::Watch>> WatchBoard::Watches() {
  std::lock_guard lock(mutex_);
  std::vector<std::shared_ptr<Watch>> alive;
  std::erase_if(watches_, [&](const std::weak_ptr<Watch>& weak) {
    auto watch = weak.lock();
    if (watch == nullptr) return true;
    alive.push_back(std::move(watch));
    return false;
  });
  return alive;
}

void WatchBoard::Run() {
  std::unique_lock lock(news_->mutex);
  while (!news_->closed) {
    news_->wake.wait(lock, [this] { return news_->closed || !news_->changed.empty(); });
    const std::set<std::string> changed = std::exchange(news_->changed, {});
    lock.unlock();
    for (const auto& watch : Watches()) {
      bool concerned = false;
      {
        std::lock_guard guard(watch->mutex_);
        for (const std::string& town : changed) {
          const bool covered =
              watch->towns_.empty() ? absl::StartsWith(town, watch->prefix_) : watch->towns_.count(town) != 0;
          if (covered) watch->changed_.insert(town);
          concerned = concerned || covered;
        }
      }
      if (concerned) watch->waker_->Wake();
    }
    lock.lock();
    news_->wake.wait_for(lock, absl::ToChronoNanoseconds(interval_), [this] { return news_->closed; });
  }
}

}  // namespace zhenhui::reporting
