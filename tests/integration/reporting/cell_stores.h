#pragma once
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_cell_store.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"
#include "tests/testing/reporting/fake_cell_store.h"
#include "tests/testing/reporting/small_catalogue.h"

// The cell stores that the contract is asked of, and a cube to fill them from.
namespace zhenhui::reporting::testing {

inline constexpr char kStoredTown[] = "630106101";

// A store and the means to open it again, as another process would.
class Stores {
 public:
  virtual ~Stores() = default;
  virtual std::unique_ptr<CellStore> Open() = 0;
};

class FakeStores final : public Stores {
 public:
  std::unique_ptr<CellStore> Open() override {
    return std::make_unique<zhenhui::testing::FakeCellStore>(shared_);
  }

 private:
  std::shared_ptr<zhenhui::testing::FakeCellStore::Shared> shared_ =
      std::make_shared<zhenhui::testing::FakeCellStore::Shared>();
};

class PostgresStores final : public Stores {
 public:
  std::unique_ptr<CellStore> Open() override {
    return std::make_unique<PostgresCellStore>(*service::ServiceDsn(database_.dsn(), ReportingSchema()), "");
  }

 private:
  zhenhui::testing::TestDatabase database_ = zhenhui::testing::TestDatabase::Create(
      "reporting",
      [](const std::string& dsn) { return service::Migrate(dsn, ReportingSchema(), "").status(); });
};

struct StoresKind {
  const char* name;
  std::unique_ptr<Stores> (*make)();
};

class CellStoreContract : public ::testing::TestWithParam<StoresKind> {
 protected:
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }

  // Folds an activity of `cases` into the cube as the next revision.
  void Fold(int64_t revision, int64_t cases, int64_t before = 0) {
    Change change{
        revision, {}, small_.Activity("mediation", Date(2024, 3, 5), "630106101201", {{"cases", cases}})};
    if (before != 0) {
      change.before = small_.Activity("mediation", Date(2024, 3, 5), "630106101201", {{"cases", before}});
    }
    ASSERT_THAT(cube_.Apply(kStoredTown, Feed::kActivities, {&change, 1}, absl::Now()),
                zhenhui::testing::IsOk());
  }
  void FoldVillage(int64_t revision) {
    const Change change{revision, {}, small_.Village("630106101201", {Date(2020, 1, 1), std::nullopt})};
    ASSERT_THAT(cube_.Apply(kStoredTown, Feed::kTownships, {&change, 1}, absl::Now()),
                zhenhui::testing::IsOk());
  }
  absl::Status FlushOnce() {
    const auto batch = cube_.TakeDirty(kStoredTown);
    if (!batch) return absl::NotFoundError("nothing to flush");
    absl::Status status = store_->Flush(small_.vocabulary, *batch, Soon());
    status.ok() ? cube_.Flushed(*batch) : cube_.FlushFailed(*batch);
    return status;
  }
  // The stored state equals the cube's.
  void ExpectStored() {
    const auto towns = stores_->Open()->Load(small_.vocabulary, Soon());
    ASSERT_THAT(towns, zhenhui::testing::IsOk());
    ASSERT_EQ(towns->size(), 1u);
    EXPECT_EQ(towns->front().code, kStoredTown);
    const TownStatePtr held = *cube_.Snapshot(kStoredTown);
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

  zhenhui::testing::SmallCatalogue small_;
  Cube cube_{small_.vocabulary};
  std::unique_ptr<Stores> stores_ = GetParam().make();
  std::unique_ptr<CellStore> store_ = stores_->Open();
};

}  // namespace zhenhui::reporting::testing
