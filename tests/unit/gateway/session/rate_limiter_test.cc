#include "gateway/session/rate_limiter.h"

#include <gtest/gtest.h>

#include <random>

#include "tests/testing/fake_clock.h"

namespace zhenhui::gateway::session {
namespace {

TEST(RateLimiter, ABurstPassesThenOneForEachInterval) {
  testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 10, .burst = 3});
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limiter.Take("a"), absl::ZeroDuration()) << i;
  EXPECT_EQ(limiter.Take("a"), absl::Milliseconds(100));
  EXPECT_EQ(limiter.Take("a"), absl::Milliseconds(100)) << "asking costs nothing";
  clock.Advance(absl::Milliseconds(60));
  EXPECT_EQ(limiter.Take("a"), absl::Milliseconds(40));
  clock.Advance(absl::Milliseconds(40));
  EXPECT_EQ(limiter.Take("a"), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("a"), absl::ZeroDuration());
}

TEST(RateLimiter, EachKeyHasItsOwn) {
  const testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 1, .burst = 1});
  EXPECT_EQ(limiter.Take("a"), absl::ZeroDuration());
  EXPECT_EQ(limiter.Take("b"), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("a"), absl::ZeroDuration());
}

TEST(RateLimiter, ALongRestFillsTheBucketAndNoMore) {
  testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 1, .burst = 2});
  limiter.Take("a");
  clock.Advance(absl::Hours(5));
  EXPECT_EQ(limiter.Take("a"), absl::ZeroDuration());
  EXPECT_EQ(limiter.Take("a"), absl::ZeroDuration());
  EXPECT_GT(limiter.Take("a"), absl::ZeroDuration());
}

TEST(RateLimiter, ZeroIsNoLimit) {
  const testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 0, .burst = 1});
  for (int i = 0; i < 1000; ++i) ASSERT_EQ(limiter.Take("a"), absl::ZeroDuration());
}

TEST(RateLimiter, AClockThatIsSetBackDoesNotLockAnybodyOut) {
  testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 1, .burst = 5});
  for (int i = 0; i < 5; ++i) limiter.Take("a");
  clock.Advance(-absl::Hours(3));
  EXPECT_LE(limiter.Take("a"), absl::Seconds(1));
}

TEST(RateLimiter, ForgetsOnlyThoseWhoseBucketIsFull) {
  testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 1, .burst = 1}, /*max_keys=*/2);
  limiter.Take("a");
  clock.Advance(absl::Milliseconds(500));
  limiter.Take("b");
  clock.Advance(absl::Milliseconds(500));
  limiter.Take("c");
  EXPECT_GT(limiter.Take("b"), absl::ZeroDuration());
  EXPECT_EQ(limiter.Take("a"), absl::ZeroDuration());
}

// A bucket that is refilled tick by tick decides the same.
TEST(RateLimiter, DecidesAsABucketThatIsCounted) {
  testing::FakeClock clock;
  RateLimiter limiter(clock, {.per_second = 4, .burst = 6});
  std::mt19937 random(3);
  int quarters = 6 * 250;  // milliseconds of credit; one call costs 250
  for (int i = 0; i < 20000; ++i) {
    const int pause = std::uniform_int_distribution<int>(0, 500)(random);
    clock.Advance(absl::Milliseconds(pause));
    quarters = std::min(6 * 250, quarters + pause);
    const bool expected = quarters >= 250;
    if (expected) quarters -= 250;
    ASSERT_EQ(limiter.Take("a") == absl::ZeroDuration(), expected) << i;
  }
}

}  // namespace
}  // namespace zhenhui::gateway::session
