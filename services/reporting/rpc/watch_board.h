#pragma once
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/time.h"
#include "common/rpc/live_stream.h"
#include "services/reporting/domain/cube.h"

namespace zhenhui::reporting {

// Wakes dashboards' streams when their towns change, each at most once in an interval, however fast changes
// come. Thread-safe.
class WatchBoard {
 public:
  // One stream's place on the board.
  class Watch {
   public:
    // The towns that changed since the last call.
    std::set<std::string> TakeChanged();

   private:
    friend class WatchBoard;
    std::set<std::string> towns_;  // these codes, or,
    std::string prefix_;           // if there are none, those that begin with this
    std::shared_ptr<rpc::Waker> waker_;
    std::mutex mutex_;
    std::set<std::string> changed_;  // guarded by mutex_
  };

  // `cube` outlives it.
  explicit WatchBoard(Cube& cube, absl::Duration interval = absl::Milliseconds(100));
  ~WatchBoard();
  WatchBoard(const WatchBoard&) = delete;
  WatchBoard& operator=(const WatchBoard&) = delete;

  // Ends when the returned object dies.
  std::shared_ptr<Watch> Register(const std::vector<std::string>& towns, const std::string& prefix,
                                  std::shared_ptr<rpc::Waker> waker);

  // Wakes all streams; they find the board closed and end.
  void Close();
  bool closed() const;

 private:
  struct News {
    std::mutex mutex;
    std::condition_variable wake;
    std::set<std::string> changed;  // guarded by mutex
    bool closed = false;            // guarded by mutex
  };

  void Run();
  std::vector<std::shared_ptr<Watch>> Watches();

  Cube& cube_;
  const absl::Duration interval_;
  const std::shared_ptr<News> news_ = std::make_shared<News>();  // a listener's call may outlive the board
  std::mutex mutex_;
  std::vector<std::weak_ptr<Watch>> watches_;  // guarded by mutex_
  ListenerId listener_;
  std::thread thread_;
};

}  // namespace zhenhui::reporting
