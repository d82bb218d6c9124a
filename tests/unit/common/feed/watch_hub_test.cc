#include "common/feed/watch_hub.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <thread>

#include "tests/unit/common/feed/changes.h"

namespace zhenhui::feed {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kTown[] = "630106101";
constexpr size_t kNoLimit = size_t{1} << 40;

std::vector<int64_t> RecentOf(const WatchHub& hub, int64_t after) {
  return RevisionsOf(hub.Recent(kTown, after, 1000, kNoLimit));
}

TEST(TownshipNameTest, OnlyNineDigitsAfterThePrefixAreATownship) {
  EXPECT_EQ(TownshipOfName("townships/630106101"), "630106101");
  EXPECT_EQ(NameOfTownship("630106101"), "townships/630106101");
  for (const char* name : {"", "630106101", "townships/", "townships/63010610", "townships/6301061011",
                           "townships/63010610x", "townships/630106101/villages/630106101201"}) {
    EXPECT_EQ(TownshipOfName(name), "") << name;
  }
}

TEST(WatchHubTest, ServesWhatFollowsTheCursorAndNothingForOlderOnes) {
  WatchHub hub;
  hub.Published(kTown, MakeChanges(5, 7));
  EXPECT_THAT(RecentOf(hub, 4), ElementsAre(5, 6, 7));
  EXPECT_THAT(RecentOf(hub, 6), ElementsAre(7));
  EXPECT_THAT(RecentOf(hub, 7), IsEmpty());
  EXPECT_THAT(RecentOf(hub, 9), IsEmpty());
  EXPECT_THAT(RecentOf(hub, 3), IsEmpty()) << "revision 4 is not in the ring";
  EXPECT_THAT(RevisionsOf(hub.Recent("630106102", 0, 1000, kNoLimit)), IsEmpty());
}

TEST(WatchHubTest, LimitsRowsAndBytesButAlwaysGivesOne) {
  WatchHub hub;
  hub.Published(kTown, MakeChanges(1, 5, 1000));
  EXPECT_THAT(RevisionsOf(hub.Recent(kTown, 0, 2, kNoLimit)), ElementsAre(1, 2));
  EXPECT_THAT(RevisionsOf(hub.Recent(kTown, 0, 1000, 1)), ElementsAre(1));
  EXPECT_THAT(RevisionsOf(hub.Recent(kTown, 0, 1000, 1500)), ElementsAre(1, 2));
}

TEST(WatchHubTest, HoldsBackABatchThatCameTooEarly) {
  WatchHub hub;
  hub.Published(kTown, MakeChanges(1, 2));
  hub.Published(kTown, MakeChanges(5, 6));
  EXPECT_EQ(hub.HeadOf(kTown), 6);
  EXPECT_THAT(RecentOf(hub, 0), ElementsAre(1, 2));
  EXPECT_THAT(RecentOf(hub, 4), IsEmpty());
  hub.Published(kTown, MakeChanges(3, 4));
  EXPECT_THAT(RecentOf(hub, 0), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(WatchHubTest, AnyOrderAndRepetitionOfBatchesGivesTheSameRing) {
  std::vector<SharedChanges> batches;
  for (int64_t first = 2; first <= 30; first += 3) batches.push_back(MakeChanges(first, first + 2));
  batches.insert(batches.end(), {batches[0], batches[4]});
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    WatchHub hub;
    hub.Published(kTown, MakeChanges(1, 1));
    std::shuffle(batches.begin(), batches.end(), random);
    for (const SharedChanges& batch : batches) hub.Published(kTown, batch);
    const std::vector<int64_t> all = RecentOf(hub, 0);
    ASSERT_EQ(all.size(), 31u);
    for (size_t i = 0; i < all.size(); ++i) ASSERT_EQ(all[i], static_cast<int64_t>(i) + 1);
  }
}

TEST(WatchHubTest, GoesOnBehindAGapThatAnotherProcessWrote) {
  WatchHub hub;
  hub.Published(kTown, MakeChanges(1, 1));
  for (int64_t revision = 3; revision <= 40; ++revision)
    hub.Published(kTown, MakeChanges(revision, revision));
  EXPECT_THAT(RecentOf(hub, 0), IsEmpty());
  EXPECT_EQ(RecentOf(hub, 2).size(), 38u);
}

TEST(WatchHubTest, RefillFromTheDatabaseClosesAGap) {
  WatchHub hub;
  hub.Published(kTown, MakeChanges(1, 2));
  hub.Refill(kTown, MakeChanges(3, 4));
  EXPECT_THAT(RecentOf(hub, 2), IsEmpty()) << "no batch waits for it";
  hub.Published(kTown, MakeChanges(5, 6));
  hub.Refill(kTown, MakeChanges(2, 4));
  EXPECT_THAT(RecentOf(hub, 0), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST(WatchHubTest, DropsTheOldestOfAllTownshipsWhenMemoryIsFull) {
  WatchHub hub(64 << 10);
  hub.Published("630106102", MakeChanges(1, 20, 1000));
  for (int64_t revision = 1; revision <= 500; ++revision) {
    hub.Published(kTown, MakeChanges(revision, revision, 1000));
    ASSERT_LE(hub.bytes_in_rings(), size_t{64} << 10);
  }
  EXPECT_THAT(RecentOf(hub, 0), IsEmpty());
  EXPECT_THAT(RecentOf(hub, 499), ElementsAre(500));
  EXPECT_GT(RecentOf(hub, 460).size(), 30u);
  EXPECT_THAT(hub.Recent("630106102", 0, 1000, kNoLimit), IsEmpty());
  EXPECT_EQ(hub.HeadOf("630106102"), 20);
}

TEST(WatchHubTest, HeldBackBatchesAreBoundedToo) {
  WatchHub hub(64 << 10);
  for (int town = 0; town < 50; ++town) {
    const std::string code = absl::StrCat(630106100 + town);
    hub.Published(code, MakeChanges(1, 1));
    for (int64_t revision = 3; revision < 10; ++revision)
      hub.Published(code, MakeChanges(revision, revision, 4000));
    ASSERT_LE(hub.bytes_in_rings(), size_t{84} << 10);
  }
}

TEST(WatchHubTest, TellsOnlySubscribersWhoseScopeCoversTheTownship) {
  WatchHub hub;
  int district_woken = 0;
  int other_woken = 0;
  const auto district = hub.Subscribe("630106", [&] { ++district_woken; });
  const auto other = hub.Subscribe("630105", [&] { ++other_woken; });
  const auto all = hub.Subscribe("*", [] {});
  hub.Published(kTown, MakeChanges(1, 1));
  hub.HeadSeen(kTown, 1);
  hub.HeadSeen("630106102", 4);
  EXPECT_EQ(district_woken, 2) << "a head that is known is no news";
  EXPECT_EQ(other_woken, 0);
  EXPECT_THAT(district->TakeNews(), ElementsAre(kTown, "630106102"));
  EXPECT_THAT(district->TakeNews(), IsEmpty());
  EXPECT_THAT(all->TakeNews(), ElementsAre(kTown, "630106102"));
  EXPECT_THAT(other->TakeNews(), IsEmpty());
}

TEST(WatchHubTest, ADeadSubscriptionIsNotWoken) {
  WatchHub hub;
  std::atomic<int> woken = 0;
  hub.Subscribe("*", [&] { ++woken; }).reset();
  hub.Published(kTown, MakeChanges(1, 1));
  EXPECT_EQ(woken, 0);
}

TEST(WatchHubTest, CloseWakesEverySubscriber) {
  WatchHub hub;
  int woken = 0;
  const auto subscription = hub.Subscribe("630105", [&] { ++woken; });
  EXPECT_FALSE(hub.closed());
  hub.Close();
  EXPECT_TRUE(hub.closed());
  EXPECT_EQ(woken, 1);
}

TEST(WatchHubTest, ManyPublishersLeaveOneRunWithoutAGap) {
  WatchHub hub;
  std::atomic<int64_t> next = 1;
  std::vector<std::thread> publishers;
  for (int i = 0; i < 4; ++i) {
    publishers.emplace_back([&] {
      for (int64_t revision = next++; revision <= 4000; revision = next++) {
        hub.Published(kTown, MakeChanges(revision, revision));
      }
    });
  }
  for (std::thread& publisher : publishers) publisher.join();
  const std::vector<int64_t> tail = RecentOf(hub, 3990);
  EXPECT_EQ(hub.HeadOf(kTown), 4000);
  EXPECT_THAT(tail, ElementsAre(3991, 3992, 3993, 3994, 3995, 3996, 3997, 3998, 3999, 4000));
}

}  // namespace
}  // namespace zhenhui::feed
