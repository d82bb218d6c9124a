#include "samples/random.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>

namespace zhenhui::samples {
namespace {

TEST(RandomTest, IsTheReferenceSplitMix64) {
  Random random(1234567);
  EXPECT_EQ(random.Next(), 6457827717110365317ULL);
  EXPECT_EQ(random.Next(), 3203168211198807973ULL);
  EXPECT_EQ(random.Next(), 9817491932198370423ULL);
}

TEST(RandomTest, BetweenReachesBothEnds) {
  Random random(1);
  bool low = false;
  bool high = false;
  for (int i = 0; i < 200; ++i) {
    const int64_t drawn = random.Between(-2, 2);
    ASSERT_GE(drawn, -2);
    ASSERT_LE(drawn, 2);
    low |= drawn == -2;
    high |= drawn == 2;
  }
  EXPECT_TRUE(low && high);
}

TEST(SplitTest, SharesSumToTheTotalAndNoneIsBelowTheLeast) {
  EXPECT_TRUE(rc::check([] {
    const int parts = *rc::gen::inRange(1, 60);
    const int64_t least = *rc::gen::inRange<int64_t>(0, 30);
    const int64_t total = parts * least + *rc::gen::inRange<int64_t>(0, 100'000);
    Random random(*rc::gen::arbitrary<uint64_t>());
    const auto shares = Split(total, parts, least, random);
    RC_ASSERT(static_cast<int>(shares.size()) == parts);
    RC_ASSERT(std::accumulate(shares.begin(), shares.end(), int64_t{0}) == total);
    RC_ASSERT(*std::min_element(shares.begin(), shares.end()) >= least);
  }));
}

TEST(SplitTest, NoPartTakesMostOfASmallTotal) {
  Random random(5);
  const auto shares = Split(9, 36, 0, random);
  EXPECT_LE(*std::max_element(shares.begin(), shares.end()), 3);
}

}  // namespace
}  // namespace zhenhui::samples
