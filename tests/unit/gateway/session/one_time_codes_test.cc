#include "gateway/session/one_time_codes.h"

#include <gtest/gtest.h>

#include "tests/testing/fake_clock.h"

namespace zhenhui::gateway::session {
namespace {

TEST(OneTimeCodes, ACodeIsGoodOnce) {
  const testing::FakeClock clock;
  OneTimeCodes codes(clock);
  const std::string first = codes.Add("token-1", absl::Hours(1));
  const std::string second = codes.Add("token-2", absl::Hours(1));
  EXPECT_NE(first, second);
  EXPECT_EQ(first.size(), 22u);
  EXPECT_EQ(codes.Take(second), "token-2");
  EXPECT_EQ(codes.Take(second), std::nullopt);
  EXPECT_EQ(codes.Take(first), "token-1");
  EXPECT_EQ(codes.Take(""), std::nullopt);
}

TEST(OneTimeCodes, ACodeDiesAtItsTime) {
  testing::FakeClock clock;
  OneTimeCodes codes(clock);
  const std::string dies = codes.Add("token", absl::Hours(1));
  const std::string lives = codes.Add("token", absl::Hours(2));
  clock.Advance(absl::Hours(1));
  EXPECT_EQ(codes.Take(dies), std::nullopt);
  EXPECT_EQ(codes.Take(lives), "token");
}

}  // namespace
}  // namespace zhenhui::gateway::session
