#include "common/db/migrate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::db {
namespace {

using embedded::File;
using testing::HasReason;
using ::testing::HasSubstr;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;
using testing::TestDatabase;

const File kFirst = {"0001_initial.sql", "aa", "CREATE TABLE item (id int);\nCREATE TABLE other (id int);\n"};
const File kSecond = {"0002_index.sql", "bb",
                      "-- migrate: no-transaction\n"
                      "-- Concurrently, because the table is large.\n"
                      "DROP INDEX CONCURRENTLY IF EXISTS item_id;\n"
                      "CREATE INDEX CONCURRENTLY item_id\n  ON item (id);\n"};
const File kThird = {"0003_column.sql", "cc", "ALTER TABLE item ADD COLUMN note text;"};
const File kBroken = {"0003_column.sql", "cc", "ALTER TABLE item ADD COLUMN note text; SELECT 1 / 0;"};

class MigrateTest : public ::testing::Test {
 protected:
  bool HasColumn(const std::string& column) {
    pqxx::nontransaction tx(connection_);
    return tx.exec1(
                 "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'towns' AND "
                 "column_name = " +
                 tx.quote(column))[0]
               .as<int>() > 0;
  }

  TestDatabase database_ = TestDatabase::Create();
  pqxx::connection connection_{database_.dsn()};
};

TEST_F(MigrateTest, FilesAreAppliedOnceAndInOrder) {
  EXPECT_THAT(CheckSchema(connection_, "towns", {kFirst}), HasReason("SCHEMA_OUTDATED"));
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst}), IsOkAndHolds(1));
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst}), IsOkAndHolds(0));
  EXPECT_THAT(CheckSchema(connection_, "towns", {kFirst, kSecond, kThird}), HasReason("SCHEMA_OUTDATED"));
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst, kSecond, kThird}), IsOkAndHolds(2));
  EXPECT_THAT(CheckSchema(connection_, "towns", {kFirst, kSecond, kThird}), IsOk());
  EXPECT_TRUE(HasColumn("note"));
  pqxx::nontransaction tx(connection_);
  EXPECT_EQ(tx.exec1("SELECT to_regclass('towns.item_id') IS NOT NULL")[0].as<bool>(), true);
}

TEST_F(MigrateTest, SchemasHaveTheirOwnHistories) {
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst}), IsOkAndHolds(1));
  EXPECT_THAT(Migrate(connection_, "activities", {kFirst, kSecond}), IsOkAndHolds(2));
  EXPECT_THAT(CheckSchema(connection_, "towns", {kFirst}), IsOk());
}

TEST_F(MigrateTest, AFailedFileChangesNothingAndSaysWhy) {
  ASSERT_THAT(Migrate(connection_, "towns", {kFirst, kSecond}), IsOkAndHolds(2));
  const absl::StatusOr<int> failed = Migrate(connection_, "towns", {kFirst, kSecond, kBroken});
  EXPECT_THAT(failed, HasReason("MIGRATION_FAILED"));
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kInternal, HasSubstr("0003_column.sql")));
  EXPECT_THAT(failed, StatusIs(absl::StatusCode::kInternal, HasSubstr("division by zero")));
  EXPECT_FALSE(HasColumn("note"));
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst, kSecond, kThird}), IsOkAndHolds(1));
}

TEST_F(MigrateTest, ANewerDatabaseIsLeftAlone) {
  ASSERT_THAT(Migrate(connection_, "towns", {kFirst, kSecond}), IsOkAndHolds(2));
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst}), HasReason("SCHEMA_NEWER"));
  EXPECT_THAT(CheckSchema(connection_, "towns", {kFirst}), HasReason("SCHEMA_NEWER"));
}

TEST_F(MigrateTest, AnEditedFileIsNoticed) {
  ASSERT_THAT(Migrate(connection_, "towns", {kFirst}), IsOkAndHolds(1));
  File edited = kFirst;
  edited.sha256 = "other";
  EXPECT_THAT(Migrate(connection_, "towns", {edited, kSecond}), HasReason("SCHEMA_EDITED"));
  EXPECT_THAT(CheckSchema(connection_, "towns", {edited}), HasReason("SCHEMA_EDITED"));
}

TEST_F(MigrateTest, AGapInTheNumbersIsAMistakeOfOurs) {
  EXPECT_THAT(Migrate(connection_, "towns", {kFirst, kThird}), StatusIs(absl::StatusCode::kInternal));
}

// The index is built concurrently, which waits for every older snapshot: a queue of waiting statements would
// hang it.
TEST_F(MigrateTest, ReplicasThatStartTogetherApplyEachFileOnce) {
  constexpr int kReplicas = 4;
  std::vector<absl::StatusOr<int>> applied(kReplicas, absl::UnknownError("not run"));
  std::vector<std::thread> threads;
  for (int i = 0; i < kReplicas; ++i) {
    threads.emplace_back([&, i] {
      pqxx::connection connection(database_.dsn());
      applied[static_cast<size_t>(i)] = Migrate(connection, "towns", {kFirst, kSecond, kThird});
    });
  }
  for (std::thread& thread : threads) thread.join();
  int total = 0;
  for (const absl::StatusOr<int>& count : applied) {
    ASSERT_THAT(count, IsOk());
    total += *count;
  }
  EXPECT_EQ(total, 3);
}

}  // namespace
}  // namespace zhenhui::db
