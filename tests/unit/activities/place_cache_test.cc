#include "services/activities/domain/place_cache.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/testing/activities/fake_places.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui::activities {
namespace {

using testing::kTown;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using Freshness = PlaceRegister::Freshness;

class PlaceCacheTest : public ::testing::Test {
 protected:
  auto Get(Freshness freshness = Freshness::kCached, std::string_view town = kTown) {
    return cache_.Get(town, freshness, absl::InfiniteFuture());
  }
  void Down() { source_.SetError(Error(absl::StatusCode::kUnavailable, "REGISTER_UNAVAILABLE", "down")); }

  testing::FakePlaces source_;
  zhenhui::testing::FakeClock clock_;
  PlaceCache cache_{source_, clock_, {.capacity = 2}};
};

TEST_F(PlaceCacheTest, AsksOnceAMinute) {
  for (int i = 0; i < 3; ++i) ASSERT_THAT(Get(), IsOk());
  EXPECT_EQ(source_.asked(), 1);
  clock_.Advance(absl::Seconds(59));
  ASSERT_THAT(Get(), IsOk());
  EXPECT_EQ(source_.asked(), 1);
  clock_.Advance(absl::Seconds(1));
  ASSERT_THAT(Get(), IsOk());
  EXPECT_EQ(source_.asked(), 2);
}

TEST_F(PlaceCacheTest, RefreshesAtMostOnceASecond) {
  ASSERT_THAT(Get(), IsOk());
  ASSERT_THAT(Get(Freshness::kRefresh), IsOk());
  EXPECT_EQ(source_.asked(), 1);
  clock_.Advance(absl::Seconds(1));
  ASSERT_THAT(Get(Freshness::kRefresh), IsOk());
  ASSERT_THAT(Get(Freshness::kRefresh), IsOk());
  EXPECT_EQ(source_.asked(), 2);
}

TEST_F(PlaceCacheTest, WhatIsKnownServesWhileTheRegisterIsDown) {
  ASSERT_THAT(Get(), IsOk());
  Down();
  clock_.Advance(absl::Hours(5));
  EXPECT_THAT(Get(), IsOk());
}

TEST_F(PlaceCacheTest, NothingKnownIsAnErrorUntilTheRegisterIsBack) {
  Down();
  EXPECT_THAT(Get(), HasReason("REGISTER_UNAVAILABLE"));
  EXPECT_THAT(Get(), HasReason("REGISTER_UNAVAILABLE"));
  EXPECT_EQ(source_.asked(), 1);
  source_.SetError(absl::OkStatus());
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(Get(), IsOk());
}

TEST_F(PlaceCacheTest, KeepsOnlyAsManyTownsAsItMay) {
  for (const char* town : {"630106101", "630106102", "630106103"}) {
    ASSERT_THAT(Get(Freshness::kCached, town), IsOk());
    clock_.Advance(absl::Seconds(1));
  }
  ASSERT_THAT(Get(Freshness::kCached, "630106103"), IsOk());
  EXPECT_EQ(source_.asked(), 3);
  ASSERT_THAT(Get(Freshness::kCached, "630106101"), IsOk());
  EXPECT_EQ(source_.asked(), 4);
}

}  // namespace
}  // namespace zhenhui::activities
