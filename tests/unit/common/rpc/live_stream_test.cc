#include "common/rpc/live_stream.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/server.h"
#include "common/status/reason.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"
#include "tests/unit/common/rpc/stream_fixture.h"

namespace zhenhui::rpc {
namespace {

using ::testing::AllOf;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::StatusIs;
using Page = absl::StatusOr<std::vector<Text>>;

// A list that grows, as a feed does.
class Feed {
 public:
  void Add(const std::string& text) {
    std::lock_guard lock(mu_);
    texts_.push_back(text);
  }
  std::vector<Text> After(std::size_t* cursor) {
    std::lock_guard lock(mu_);
    std::vector<Text> news;
    while (*cursor < texts_.size()) news.push_back(MakeText(texts_[(*cursor)++]));
    return news;
  }

 private:
  std::mutex mu_;
  std::vector<std::string> texts_;
};

class LiveStreamTest : public StreamTest {
 protected:
  void Serve(absl::Duration sweep, const Lifetime& lifetime = {}) {
    service_.stream = [this, sweep, lifetime](grpc::CallbackServerContext*, const Text*) {
      return new LiveStream<Text>(
          pool_,
          [this, cursor = std::make_shared<std::size_t>(0)]() -> Page { return feed_.After(cursor.get()); },
          waker_, [this] { ++ended_; }, sweep, lifetime);
    };
  }
  std::string ReadOne(grpc::ClientReader<Text>& reader) {
    Text text;
    return reader.Read(&text) ? text.value() : "(ended)";
  }

  Feed feed_;
  std::shared_ptr<Waker> waker_ = std::make_shared<Waker>();
  std::atomic<int> ended_ = 0;
};

TEST_F(LiveStreamTest, WakeBringsNewsLongBeforeTheSweep) {
  Serve(absl::Hours(1));
  const auto reader = CallStream(*channel_, &context_);
  for (int i = 0; i < 200; ++i) {
    feed_.Add(absl::StrCat(i));
    waker_->Wake();
    ASSERT_EQ(ReadOne(*reader), absl::StrCat(i));
  }
  context_.TryCancel();
  EXPECT_THAT(FromGrpc(reader->Finish()), StatusIs(absl::StatusCode::kCancelled));
  server_.Shutdown(absl::Seconds(20));
  EXPECT_EQ(ended_, 1);
  waker_->Wake();  // after the end: harmless
}

TEST_F(LiveStreamTest, SweepFindsNewsWhoseWakeWasLost) {
  Serve(absl::Milliseconds(20));
  const auto reader = CallStream(*channel_, &context_);
  feed_.Add("first");
  EXPECT_EQ(ReadOne(*reader), "first");
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  feed_.Add("second");
  EXPECT_EQ(ReadOne(*reader), "second");
  context_.TryCancel();
  reader->Finish();
}

TEST_F(LiveStreamTest, WakesFromManyThreadsLoseAndDoubleNothing) {
  Serve(absl::Hours(1));
  const auto reader = CallStream(*channel_, &context_);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this] {
      for (int i = 0; i < 250; ++i) {
        feed_.Add("x");
        waker_->Wake();
      }
    });
  }
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(ReadOne(*reader), "x") << i;
  for (std::thread& thread : threads) thread.join();
  context_.TryCancel();
  reader->Finish();
  server_.Shutdown(absl::Seconds(20));
  EXPECT_EQ(ended_, 1);
}

// Over a real connection, because only that collects writes: with the hint on the first message nothing was
// ever sent.
TEST_F(LiveStreamTest, AFirstPageOfSeveralMessagesArrivesOverAQuietConnection) {
  Serve(absl::Hours(1));
  for (const char* text : {"a", "b", "c"}) feed_.Add(text);
  const auto channel =
      grpc::CreateChannel(absl::StrCat("127.0.0.1:", port_), grpc::InsecureChannelCredentials());
  for (int i = 0; i < 5; ++i) {
    grpc::ClientContext context;
    PrepareContext(&context, absl::Seconds(5));
    const auto reader = CallStream(*channel, &context);
    for (const char* text : {"a", "b", "c"}) ASSERT_EQ(ReadOne(*reader), text) << i;
    context.TryCancel();
    reader->Finish();
  }
}

TEST_F(LiveStreamTest, ItEndsWhenTheTokenOfItsCallerExpires) {
  testing::FakeClock clock;
  const absl::Time expires = clock.Now() + absl::Hours(1);
  Serve(absl::Hours(1), {.expires = expires, .now = [&clock] { return clock.Now(); }});
  const auto reader = CallStream(*channel_, &context_);
  feed_.Add("a moment before");
  clock.Set(expires - absl::Nanoseconds(1));
  waker_->Wake();
  EXPECT_EQ(ReadOne(*reader), "a moment before");
  clock.Set(expires);
  feed_.Add("news that he may not see any more");
  waker_->Wake();
  EXPECT_EQ(ReadOne(*reader), "(ended)");
  EXPECT_THAT(FromGrpc(reader->Finish()),
              AllOf(StatusIs(absl::StatusCode::kUnauthenticated), HasReason("TOKEN_EXPIRED")));
  server_.Shutdown(absl::Seconds(20));
  EXPECT_EQ(ended_, 1);
}

TEST_F(LiveStreamTest, TheSweepFindsAnExpiredTokenOfAQuietStream) {
  testing::FakeClock clock;
  Serve(absl::Milliseconds(10),
        {.expires = clock.Now() + absl::Hours(1), .now = [&clock] { return clock.Now(); }});
  const auto reader = CallStream(*channel_, &context_);
  feed_.Add("one");
  ASSERT_EQ(ReadOne(*reader), "one");
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(ReadOne(*reader), "(ended)");
  EXPECT_THAT(FromGrpc(reader->Finish()), HasReason("TOKEN_EXPIRED"));
}

TEST_F(LiveStreamTest, ShutdownEndsSleepingStreamsWhenTheGraceIsOver) {
  Serve(absl::Hours(1));
  const auto reader = CallStream(*channel_, &context_);
  feed_.Add("one");
  waker_->Wake();
  ASSERT_EQ(ReadOne(*reader), "one");
  const absl::Time before = absl::Now();
  server_.Shutdown(absl::Milliseconds(100));
  EXPECT_LT(absl::Now() - before, absl::Seconds(10));
  EXPECT_EQ(ended_, 1);
  EXPECT_EQ(ReadOne(*reader), "(ended)");
}

}  // namespace
}  // namespace zhenhui::rpc
