#pragma once
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace zhenhui {

// Runs blocking work away from gRPC's few callback threads. Thread-safe.
class Executor {
 public:
  virtual ~Executor() = default;
  // Returns false, without running `task`, when the queue is full or closed. `task` must not throw.
  virtual bool TrySubmit(std::function<void()> task) = 0;
};

// Runs each task at once on the caller's thread: for unit tests.
class InlineExecutor final : public Executor {
 public:
  bool TrySubmit(std::function<void()> task) override;
};

// A fixed number of threads behind one bounded queue, first in, first out.
class ThreadPool final : public Executor {
 public:
  // `threads` >= 1. At most `queue_limit` tasks wait; those that run are not counted.
  ThreadPool(int threads, size_t queue_limit);
  // Runs what is queued, then joins.
  ~ThreadPool() override;
  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  bool TrySubmit(std::function<void()> task) override;

  // Tasks that wait now, for metrics.
  size_t queued() const;

 private:
  void Work();

  const size_t queue_limit_;
  mutable std::mutex mu_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;  // guarded by mu_
  bool closed_ = false;                      // guarded by mu_
  std::vector<std::thread> threads_;
};

}  // namespace zhenhui
