#include "common/exec/executor.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <memory>
#include <set>
#include <thread>

namespace zhenhui {
namespace {

TEST(InlineExecutorTest, RunsOnTheCallersThread) {
  InlineExecutor executor;
  std::thread::id where;
  EXPECT_TRUE(executor.TrySubmit([&] { where = std::this_thread::get_id(); }));
  EXPECT_EQ(where, std::this_thread::get_id());
}

TEST(ThreadPoolTest, RefusesWhenTheQueueIsFullAndTakesAgainLater) {
  ThreadPool pool(1, 2);
  std::promise<void> gate, begun, drained;
  std::shared_future<void> open = gate.get_future().share();
  ASSERT_TRUE(pool.TrySubmit([&] {
    begun.set_value();
    open.wait();
  }));
  begun.get_future().wait();  // it runs, so it does not count as queued
  std::atomic<int> ran = 0;
  EXPECT_TRUE(pool.TrySubmit([&] { ++ran; }));
  EXPECT_TRUE(pool.TrySubmit([&] {
    ++ran;
    drained.set_value();
  }));
  EXPECT_EQ(pool.queued(), 2u);
  EXPECT_FALSE(pool.TrySubmit([&] { ran += 100; }));
  gate.set_value();
  drained.get_future().wait();
  EXPECT_EQ(ran, 2);
  EXPECT_TRUE(pool.TrySubmit([] {}));
}

TEST(ThreadPoolTest, TheDestructorRunsWhatIsQueued) {
  std::atomic<int> ran = 0;
  {
    ThreadPool pool(3, 1000);
    for (int i = 0; i < 500; ++i) ASSERT_TRUE(pool.TrySubmit([&] { ++ran; }));
  }
  EXPECT_EQ(ran, 500);
}

TEST(ThreadPoolTest, TasksRunAtTheSameTime) {
  std::promise<void> first, second;
  // Each task waits for the other one: with a single thread this would never end.
  auto first_done = first.get_future().share();
  auto second_done = second.get_future().share();
  std::promise<void> both;
  ThreadPool pool(2, 10);  // last, so that its threads end before what their tasks use
  ASSERT_TRUE(pool.TrySubmit([&] {
    first.set_value();
    second_done.wait();
    both.set_value();
  }));
  ASSERT_TRUE(pool.TrySubmit([&] {
    second.set_value();
    first_done.wait();
  }));
  EXPECT_EQ(both.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
}

}  // namespace
}  // namespace zhenhui
