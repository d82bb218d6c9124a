// Cells that are replaced in PostgreSQL: what a rebuild leaves as it is, and what it mends.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_cell_store.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"
#include "tests/testing/reporting/small_catalogue.h"

namespace zhenhui::reporting {
namespace {

using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;
using zhenhui::testing::SmallCatalogue;
using zhenhui::testing::TestDatabase;

constexpr char kReplacedTown[] = "630106101";

// A town of which all cells are stored.
class ReplacementTest : public ::testing::Test {
 protected:
  void SetUp() override {
    for (int64_t i = 1; i <= 40; ++i) {
      const Change change{
          i, {}, small_.Activity("mediation", Date(2024, 3, 1) + i, "630106101201", {{"cases", i}})};
      ASSERT_THAT(cube_.Apply(kReplacedTown, Feed::kActivities, {&change, 1}, absl::Now()), IsOk());
    }
    ASSERT_THAT(store_.TryLead(Soon()), IsOkAndHolds(true));
    Replace();
  }
  void Replace() {
    cube_.ReplaceFeed(kReplacedTown, Feed::kActivities, **cube_.Snapshot(kReplacedTown), absl::Now());
    const auto batch = cube_.TakeDirty(kReplacedTown);
    ASSERT_TRUE(batch && batch->dirty.all);
    ASSERT_THAT(store_.Flush(small_.vocabulary, *batch, Soon()), IsOk());
    cube_.Flushed(*batch);
  }
  static absl::Time Soon() { return absl::Now() + absl::Seconds(20); }
  // All columns; with `version`, the transaction that wrote the row too.
  std::vector<std::string> Rows(bool version) {
    pqxx::nontransaction tx(connection_);
    std::vector<std::string> rows;
    for (const auto& row : tx.exec(absl::StrCat("SELECT ", version ? "xmin::text || ' ' || " : "",
                                                "cell::text FROM cell ORDER BY cell"))) {
      rows.push_back(row[0].as<std::string>());
    }
    return rows;
  }

  TestDatabase database_ = TestDatabase::Create("reporting", [](const std::string& dsn) {
    return service::Migrate(dsn, ReportingSchema(), "").status();
  });
  const std::string dsn_ = *service::ServiceDsn(database_.dsn(), ReportingSchema());
  pqxx::connection connection_{dsn_};
  SmallCatalogue small_;
  Cube cube_{small_.vocabulary};
  PostgresCellStore store_{dsn_, ""};
};

TEST_F(ReplacementTest, RowsThatAreRightAreNotWrittenAgain) {
  const std::vector<std::string> before = Rows(true);
  EXPECT_GT(before.size(), 40u);
  Replace();
  EXPECT_EQ(Rows(true), before);
}

TEST_F(ReplacementTest, EveryDamageIsMended) {
  const std::vector<std::string> right = Rows(false);
  for (const char* damage : {
           "UPDATE cell SET value = value + 1 WHERE bucket = '2024-03-05'",
           "DELETE FROM cell WHERE bucket = '2024-03-05'",
           "INSERT INTO cell VALUES ('630106101','mediation.cases',1,'','2023-01-01',4)",
           "INSERT INTO cell VALUES ('630106101','no.such',2,'630106101999','2023-01-01',4)",
           "INSERT INTO cell VALUES ('630106101','mediation.cases',9,'','2023-01-01',4)",
           "INSERT INTO cell VALUES ('630106101','mediation.cases',1,'','infinity',4)",
           "UPDATE cell SET bucket = bucket + 1000",
           "DELETE FROM cell",
       }) {
    {
      pqxx::work tx(connection_);
      ASSERT_GT(tx.exec(damage).affected_rows(), 0u) << damage;
      tx.commit();
    }
    ASSERT_NE(Rows(false), right) << damage;
    Replace();
    EXPECT_EQ(Rows(false), right) << damage;
  }
}

TEST_F(ReplacementTest, OtherTownsAreLeftAlone) {
  const std::string other = "INSERT INTO cell VALUES ('630106102','mediation.cases',1,'','2023-01-01',4)";
  pqxx::nontransaction(connection_).exec(other);
  const std::vector<std::string> before = Rows(true);
  Replace();
  EXPECT_EQ(Rows(true), before);
}

}  // namespace
}  // namespace zhenhui::reporting
