// The cell store's contract over the fake and over PostgreSQL, and the flusher over the fake.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_cell_store.h"
#include "services/reporting/upkeep/flusher.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"
#include "tests/testing/reporting/fake_cell_store.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using zhenhui::testing::FakeCellStore;
using zhenhui::testing::HasReason;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;
using zhenhui::testing::SmallCatalogue;
using zhenhui::testing::TestDatabase;

constexpr char kTown[] = "630106101";

// A store and the means to open it again, as another process would.
class Stores {
 public:
  virtual ~Stores() = default;
  virtual std::unique_ptr<CellStore> Open() = 0;
};

class FakeStores final : public Stores {
 public:
  std::unique_ptr<CellStore> Open() override { return std::make_unique<FakeCellStore>(shared_); }

 private:
  std::shared_ptr<FakeCellStore::Shared> shared_ = std::make_shared<FakeCellStore::Shared>();
};

class PostgresStores final : public Stores {
 public:
  std::unique_ptr<CellStore> Open() override {
    return std::make_unique<PostgresCellStore>(*service::ServiceDsn(database_.dsn(), ReportingSchema()), "");
  }

 private:
  TestDatabase database_ = TestDatabase::Create("reporting", [](const std::string& dsn) {
    return service::Migrate(dsn, ReportingSchema(), "").status();
  });
};

struct Kind {
  const char* name;
  std::unique_ptr<Stores> (*make)();
};

class CellStoreContract : public ::testing::TestWithParam<Kind> {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  // Folds an activity of `cases` into the cube as the next revision.
  void Fold(int64_t revision, int64_t cases, int64_t before = 0) {
    Change change{
        revision, {}, small_.Activity("mediation", Date(2024, 3, 5), "630106101201", {{"cases", cases}})};
    if (before != 0) {
      change.before = small_.Activity("mediation", Date(2024, 3, 5), "630106101201", {{"cases", before}});
    }
    ASSERT_THAT(cube_.Apply(kTown, Feed::kActivities, {&change, 1}, absl::Now()), IsOk());
  }
  void FoldVillage(int64_t revision) {
    const Change change{revision, {}, small_.Village("630106101201", {Date(2020, 1, 1), std::nullopt})};
    ASSERT_THAT(cube_.Apply(kTown, Feed::kTownships, {&change, 1}, absl::Now()), IsOk());
  }
  absl::Status FlushOnce() {
    const auto batch = cube_.TakeDirty(kTown);
    if (!batch) return absl::NotFoundError("nothing to flush");
    absl::Status status = store_->Flush(small_.vocabulary, *batch, Soon());
    status.ok() ? cube_.Flushed(*batch) : cube_.FlushFailed(*batch);
    return status;
  }
  // The stored state equals the cube's.
  void ExpectStored() {
    const auto towns = stores_->Open()->Load(small_.vocabulary, Soon());
    ASSERT_THAT(towns, IsOk());
    ASSERT_EQ(towns->size(), 1u);
    EXPECT_EQ(towns->front().code, kTown);
    const TownStatePtr held = *cube_.Snapshot(kTown);
    EXPECT_EQ(towns->front().state->applied(), held->applied());
    EXPECT_EQ(towns->front().state->places(), held->places());
    EXPECT_EQ(Cells(*towns->front().state), Cells(*held));
  }
  std::vector<std::string> Cells(const TownState& state) {
    std::vector<std::string> cells;
    ExportCells(small_.vocabulary, state, [&](const CellRow& row) {
      cells.push_back(absl::StrCat(static_cast<int>(row.grain), " ", std::string(row.series), " ",
                                   std::string(row.member), " ", FormatDate(row.bucket), " ", row.value));
    });
    std::sort(cells.begin(), cells.end());
    return cells;
  }

  SmallCatalogue small_;
  Cube cube_{small_.vocabulary};
  std::unique_ptr<Stores> stores_ = GetParam().make();
  std::unique_ptr<CellStore> store_ = stores_->Open();
};

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
  ASSERT_THAT(cube_.Apply(kTown, Feed::kActivities, {&change, 1}, absl::Now()), IsOk());
  ASSERT_THAT(FlushOnce(), IsOk());
  ExpectStored();
}

TEST_P(CellStoreContract, AFlushFromAnotherRevisionThanTheStoredIsAConflictAndWritesNothing) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  auto batch = cube_.TakeDirty(kTown);
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
  cube_.ReplaceFeed(kTown, Feed::kActivities, *builder.Build(), absl::Now());
  cube_.SetFlushed(kTown, (*cube_.Snapshot(kTown))->applied());
  ASSERT_THAT(FlushOnce(), IsOk());
  ExpectStored();
}

TEST_P(CellStoreContract, ATownWaitsForItsOtherFeedBeforeItIsStoredAnew) {
  constexpr char kOtherTown[] = "630106102";
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  Fold(1, 5);
  FoldVillage(1);
  ASSERT_THAT(FlushOnce(), IsOk());
  ASSERT_THAT(store_->RequestRebuilds(kTown, Soon()), IsOkAndHolds(1));
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
    std::lock_guard lock(replacing.Of(kTown));
    cube_.ReplaceFeed(kTown, Feed::kActivities, *builder.Build(), absl::Now());
    flusher.Replaced(kTown);
  }
  // Another town goes to the store meanwhile, twice: a whole round was made.
  for (int64_t revision = 1; revision <= 2; ++revision) {
    const Change change{revision, {}, small_.Activity("mediation", Date(2024, 3, 5), "", {{"cases", 1}})};
    ASSERT_THAT(cube_.Apply(kOtherTown, Feed::kActivities, {&change, 1}, absl::Now()), IsOk());
    ASSERT_TRUE(wait_for([&] { return flushed(kOtherTown) == revision; }));
  }
  EXPECT_EQ(flushed(kTown), 1);
  flusher.RebuildDone(kTown, 1);
  EXPECT_TRUE(wait_for([&] { return flushed(kTown) == 2; }));
  EXPECT_TRUE(wait_for([&] { return store_->ReadRebuildRequests(Soon())->at(kTown).done == 1; }));
}

TEST_P(CellStoreContract, OneProcessLeadsAndOnlyItFlushes) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  EXPECT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  auto other = stores_->Open();
  EXPECT_THAT(other->TryLead(Soon()), IsOkAndHolds(false));
  Fold(1, 5);
  const auto batch = cube_.TakeDirty(kTown);
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
  EXPECT_THAT(store_->RebuildsDone({{kTown, 1}}, Soon()), IsOk());
  const auto requests = store_->ReadRebuildRequests(Soon());
  ASSERT_THAT(requests, IsOk());
  EXPECT_EQ(requests->at(kTown).requested, 2);
  EXPECT_EQ(requests->at(kTown).done, 1);
}

TEST_P(CellStoreContract, AFlusherThatTakesOverWritesWhatTheOtherDidNot) {
  ASSERT_THAT(store_->TryLead(Soon()), IsOkAndHolds(true));
  // Both processes folded 1; the other one flushed it and died. This cube never flushed.
  Fold(1, 5);
  const auto batch = cube_.TakeDirty(kTown);
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
         absl::Now() < until && cube_.Freshness(kTown)->flushed[Feed::kActivities] != 2;) {
      absl::SleepFor(absl::Milliseconds(5));
    }
  }
  ExpectStored();
}

TEST_P(CellStoreContract, AFlusherWhoseStoreWentBackWritesTheWholeTown) {
  Fold(1, 5);
  FoldVillage(1);
  TownLocks replacing;
  cube_.Flushed(*cube_.TakeDirty(kTown));  // it was flushed into a store that was then lost
  Fold(2, 7);
  {
    const Flusher flusher(cube_, *store_,
                          {.interval = absl::Milliseconds(5),
                           .replacing = &replacing,
                           .rebuild = [](const std::string&, int64_t) {}});
    for (const absl::Time until = absl::Now() + absl::Seconds(10);
         absl::Now() < until && cube_.Freshness(kTown)->flushed[Feed::kActivities] != 2;) {
      absl::SleepFor(absl::Milliseconds(5));
    }
  }
  ExpectStored();
}

INSTANTIATE_TEST_SUITE_P(
    All, CellStoreContract,
    ::testing::Values(Kind{"Fake", [] { return std::unique_ptr<Stores>(std::make_unique<FakeStores>()); }},
                      Kind{"PostgreSQL",
                           [] { return std::unique_ptr<Stores>(std::make_unique<PostgresStores>()); }}),
    [](const auto& kind) { return std::string(kind.param.name); });

// The views are the contract with BI tools.
TEST(BiViewsTest, ShowFlowsStocksAndNamesAndHideWhatIsInternal) {
  const TestDatabase database = TestDatabase::Create("reporting", [](const std::string& dsn) {
    return service::Migrate(dsn, ReportingSchema(), "").status();
  });
  pqxx::connection connection(*service::ServiceDsn(database.dsn(), ReportingSchema()));
  pqxx::work tx(connection);
  tx.exec(
      "INSERT INTO cell VALUES ('630106101','mediation.cases',1,'','2024-03-05',4),"
      "('630106101','mediation.cases',1,'','2024-03-06',3), "
      "('630106101','mediation.cases.zeros',1,'','2024-03-06',1),"
      "('630106101','roster.mediator',1,'','2024-01-01',2), "
      "('630106101','roster.mediator',1,'','2024-05-01',-1)");
  tx.exec("INSERT INTO place VALUES ('630106101','630106101','示例镇',1,NULL,NULL)");
  const pqxx::result flow = tx.exec("SELECT township_name_zh, series, month, value FROM flow_by_town_month");
  ASSERT_EQ(flow.size(), 1u);
  EXPECT_EQ(flow[0][0].as<std::string>(), "示例镇");
  EXPECT_EQ(flow[0][2].as<std::string>(), "2024-03-01");
  EXPECT_EQ(flow[0][3].as<int64_t>(), 7);
  const pqxx::result stock = tx.exec("SELECT stock FROM stock_by_town ORDER BY from_day");
  ASSERT_EQ(stock.size(), 2u);
  EXPECT_EQ(stock[1][0].as<int64_t>(), 1);
}

}  // namespace
}  // namespace zhenhui::reporting
