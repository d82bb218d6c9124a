// The cell store's contract over the fake and over PostgreSQL, and the flusher over the fake.
#include <gmock/gmock.h>

#include <atomic>

#include "services/reporting/upkeep/flusher.h"
#include "tests/integration/reporting/cell_stores.h"

namespace zhenhui::reporting::testing {
namespace {

using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;

TEST_P(CellStoreContract, WhatIsFlushedIsLoadedAgain) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  FoldVillage(1);
  ASSERT_THAT(FlushOnce(), IsOk());
  ExpectStored();
  Fold(2, 7);
  ASSERT_THAT(FlushOnce(), IsOk());
  ExpectStored();
}

TEST_P(CellStoreContract, ACellOfZeroIsDeleted) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  ASSERT_THAT(FlushOnce(), IsOk());
  // The correction moves nothing to 0 but the cells of "cases"; the companion that counts zeros appears.
  Change change{2, small_.Activity("mediation", Date(2024, 3, 5), "630106101201", {{"cases", 5}}),
                small_.Activity("mediation", Date(2024, 3, 5), "630106101201", {{"cases", 0}})};
  ASSERT_THAT(cube_.Apply(kStoredTown, Feed::kActivities, {&change, 1}, absl::Now()), IsOk());
  ASSERT_THAT(FlushOnce(), IsOk());
  ExpectStored();
}

TEST_P(CellStoreContract, AFlushFromAnotherRevisionThanTheStoredIsAConflictAndWritesNothing) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  auto batch = cube_.TakeDirty(kStoredTown);
  ASSERT_TRUE(batch);
  batch->from[Feed::kActivities] = 3;
  EXPECT_THAT(store_->Flush(small_.vocabulary, *batch, Soon()), HasReason("FLUSH_CONFLICT"));
  EXPECT_TRUE(store_->Load(small_.vocabulary, Soon())->empty());
  batch->from[Feed::kActivities] = 0;
  EXPECT_THAT(store_->Flush(small_.vocabulary, *batch, Soon()), IsOk());
  EXPECT_THAT(store_->Flush(small_.vocabulary, *batch, Soon()), HasReason("FLUSH_CONFLICT"));
  ExpectStored();
}

TEST_P(CellStoreContract, AReplacementThrowsAwayWhatWasStored) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  Fold(2, 6);
  FoldVillage(1);
  ASSERT_THAT(FlushOnce(), IsOk());
  TownBuilder builder(small_.vocabulary);
  builder.Add(small_.Activity("lecture", Date(2024, 4, 5), "", {{"attendances", 40}}));
  builder.SetApplied(Feed::kActivities, 1);
  cube_.ReplaceFeed(kStoredTown, Feed::kActivities, *builder.Build(), absl::Now());
  cube_.SetFlushed(kStoredTown, (*cube_.Snapshot(kStoredTown))->applied());
  ASSERT_THAT(FlushOnce(), IsOk());
  ExpectStored();
}

TEST_P(CellStoreContract, ATownWaitsForItsOtherFeedBeforeItIsStoredAnew) {
  constexpr char kOtherTown[] = "630106102";
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  FoldVillage(1);
  ASSERT_THAT(FlushOnce(), IsOk());
  ASSERT_THAT(store_->RequestRebuilds(kStoredTown, Soon()), IsOkAndHolds(1));
  TownLocks replacing;
  std::atomic<int64_t> asked = 0;
  Flusher flusher(cube_, *store_,
                  {.interval = absl::Milliseconds(2),
                   .replacing = &replacing,
                   .rebuild = [&](const std::string&, int64_t request) { asked = request; }});
  const auto wait_for = [](const auto& done) {
    for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until && !done();) {
      absl::SleepFor(absl::Milliseconds(1));
    }
    return done();
  };
  const auto flushed = [&](const char* town) { return cube_.Freshness(town)->flushed[Feed::kActivities]; };
  ASSERT_TRUE(wait_for([&] { return asked == 1; }));
  TownBuilder builder(small_.vocabulary);
  builder.Add(small_.Activity("lecture", Date(2024, 4, 5), "", {{"attendances", 40}}));
  builder.SetApplied(Feed::kActivities, 2);
  {
    std::lock_guard lock(replacing.Of(kStoredTown));
    cube_.ReplaceFeed(kStoredTown, Feed::kActivities, *builder.Build(), absl::Now());
    flusher.Replaced(kStoredTown);
  }
  // Another town goes to the store meanwhile, twice: a whole round was made.
  for (int64_t revision = 1; revision <= 2; ++revision) {
    const Change change{revision, {}, small_.Activity("mediation", Date(2024, 3, 5), "", {{"cases", 1}})};
    ASSERT_THAT(cube_.Apply(kOtherTown, Feed::kActivities, {&change, 1}, absl::Now()), IsOk());
    ASSERT_TRUE(wait_for([&] { return flushed(kOtherTown) == revision; }));
  }
  EXPECT_EQ(flushed(kStoredTown), 1);
  flusher.RebuildDone(kStoredTown, 1);
  EXPECT_TRUE(wait_for([&] { return flushed(kStoredTown) == 2; }));
  EXPECT_TRUE(wait_for([&] { return store_->ReadRebuildRequests(Soon())->at(kStoredTown).done == 1; }));
}

TEST_P(CellStoreContract, OneProcessLeadsAndOnlyItFlushes) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  EXPECT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  auto other = stores_->Open();
  EXPECT_THAT(other->TryLead(Soon()), IsOkAndHolds(false));
  Fold(1, 5);
  const auto batch = cube_.TakeDirty(kStoredTown);
  ASSERT_TRUE(batch);
  EXPECT_THAT(other->Flush(small_.vocabulary, *batch, Soon()), HasReason("NOT_LEADING"));
  store_.reset();
  bool leads = false;
  for (const absl::Time until = absl::Now() + absl::Seconds(5); absl::Now() < until && !leads;) {
    leads = other->TryLead(Soon()).value();  // the server notices the closed connection a moment later
  }
  EXPECT_TRUE(leads);
  EXPECT_THAT(other->Flush(small_.vocabulary, *batch, Soon()), IsOk());
}

TEST_P(CellStoreContract, RebuildRequestsAreNumberedAndNoted) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  ASSERT_THAT(FlushOnce(), IsOk());
  EXPECT_THAT(store_->RequestRebuilds("9", Soon()), IsOkAndHolds(0));
  EXPECT_THAT(store_->RequestRebuilds("", Soon()), IsOkAndHolds(1));
  EXPECT_THAT(store_->RequestRebuilds("6301", Soon()), IsOkAndHolds(1));
  EXPECT_THAT(store_->RebuildsDone({{kStoredTown, 1}}, Soon()), IsOk());
  const auto requests = store_->ReadRebuildRequests(Soon());
  ASSERT_THAT(requests, IsOk());
  EXPECT_EQ(requests->at(kStoredTown).requested, 2);
  EXPECT_EQ(requests->at(kStoredTown).done, 1);
}

TEST_P(CellStoreContract, AFlusherThatTakesOverWritesWhatTheOtherDidNot) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  // Both processes folded 1; the other one flushed it and died. This cube never flushed.
  Fold(1, 5);
  const auto batch = cube_.TakeDirty(kStoredTown);
  ASSERT_TRUE(batch);
  ASSERT_THAT(store_->Flush(small_.vocabulary, *batch, Soon()), IsOk());
  cube_.FlushFailed(*batch);
  store_.reset();
  Fold(2, 7);
  store_ = stores_->Open();
  TownLocks replacing;
  {
    const Flusher flusher(cube_, *store_,
                          {.interval = absl::Milliseconds(5),
                           .replacing = &replacing,
                           .rebuild = [](const std::string&, int64_t) {}});
    for (const absl::Time until = absl::Now() + absl::Seconds(10);
         absl::Now() < until && cube_.Freshness(kStoredTown)->flushed[Feed::kActivities] != 2;) {
      absl::SleepFor(absl::Milliseconds(5));
    }
  }
  ExpectStored();
}

TEST_P(CellStoreContract, AFlusherWhoseStoreWentBackWritesTheWholeTown) {
  Fold(1, 5);
  FoldVillage(1);
  TownLocks replacing;
  cube_.Flushed(*cube_.TakeDirty(kStoredTown));  // it was flushed into a store that was then lost
  Fold(2, 7);
  {
    const Flusher flusher(cube_, *store_,
                          {.interval = absl::Milliseconds(5),
                           .replacing = &replacing,
                           .rebuild = [](const std::string&, int64_t) {}});
    for (const absl::Time until = absl::Now() + absl::Seconds(10);
         absl::Now() < until && cube_.Freshness(kStoredTown)->flushed[Feed::kActivities] != 2;) {
      absl::SleepFor(absl::Milliseconds(5));
    }
  }
  ExpectStored();
}

INSTANTIATE_TEST_SUITE_P(
    All, CellStoreContract,
    ::testing::Values(
        StoresKind{"Fake", [] { return std::unique_ptr<Stores>(std::make_unique<FakeStores>()); }},
        StoresKind{"PostgreSQL", [] { return std::unique_ptr<Stores>(std::make_unique<PostgresStores>()); }}),
    [](const auto& kind) { return std::string(kind.param.name); });

}  // namespace
}  // namespace zhenhui::reporting::testing
