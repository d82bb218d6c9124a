#include "common/db/transaction.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/dsn.h"
#include "common/status/reason.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::db {
namespace {

using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::StatusIs;
using testing::TestDatabase;

constexpr Statement kInsert = {"test.insert", "INSERT INTO item (id, value) VALUES ($1, $2)"};
constexpr Statement kSum = {"test.sum", "SELECT coalesce(sum(value), 0) FROM item"};

absl::Status CreateItemTable(const std::string& dsn) {
  pqxx::connection connection(dsn);
  pqxx::work tx(connection);
  tx.exec0("CREATE TABLE item (id bigint PRIMARY KEY, value bigint NOT NULL CHECK (value >= 0))");
  tx.commit();
  return absl::OkStatus();
}

class TransactionTest : public ::testing::Test {
 protected:
  absl::Time Soon() const { return absl::Now() + absl::Seconds(20); }
  absl::StatusOr<int64_t> Sum() {
    return RunReadOnly(pool_, Soon(),
                       [](Tx& tx) -> absl::StatusOr<int64_t> { return Exec(tx, kSum)[0][0].as<int64_t>(); });
  }
  absl::Status Insert(int64_t id, int64_t value) {
    return RunInTransaction(pool_, Soon(), [&](Tx& tx) {
      Exec(tx, kInsert, id, value);
      return absl::OkStatus();
    });
  }

  TestDatabase database_ = TestDatabase::Create("transaction", CreateItemTable);
  Pool pool_{{.dsn = *WithSettings(database_.dsn(), {}), .size = 3, .statements = {kInsert, kSum}}};
};

TEST_F(TransactionTest, WhatReturnsOkIsCommitted) {
  EXPECT_THAT(Insert(1, 40), IsOk());
  EXPECT_THAT(Insert(2, 2), IsOk());
  EXPECT_THAT(Sum(), IsOkAndHolds(42));
}

TEST_F(TransactionTest, WhatReturnsAnErrorIsRolledBack) {
  const absl::Status status = RunInTransaction(pool_, Soon(), [](Tx& tx) {
    Exec(tx, kInsert, 1, 40);
    return Error(absl::StatusCode::kAborted, "STALE_ETAG", "read again");
  });
  EXPECT_THAT(status, HasReason("STALE_ETAG"));
  EXPECT_THAT(Sum(), IsOkAndHolds(0));
}

TEST_F(TransactionTest, BrokenRulesHaveTheirReasons) {
  ASSERT_THAT(Insert(1, 1), IsOk());
  EXPECT_THAT(Insert(1, 1), HasReason("ALREADY_EXISTS"));
  EXPECT_THAT(Insert(2, -1), HasReason("RULE_BROKEN"));
  const auto run = [&](const char* sql) {
    return RunInTransaction(pool_, Soon(), [&](Tx& tx) {
      tx.exec(sql);
      return absl::OkStatus();
    });
  };
  EXPECT_THAT(run("SELECT 9223372036854775807 + 1"), HasReason("VALUE_REFUSED"));
  EXPECT_THAT(run("SELECT * FROM no_such_table"), HasReason("DATABASE_ERROR"));
  EXPECT_THAT(Sum(), IsOkAndHolds(1)) << "the pool goes on after each of these";
}

TEST_F(TransactionTest, AnErrorThatTheWorkSwallowsIsNotReportedAsSaved) {
  const absl::Status status = RunInTransaction(pool_, Soon(), [](Tx& tx) {
    Exec(tx, kInsert, 1, 1);
    try {
      Exec(tx, kInsert, 1, 1);
    } catch (const std::exception&) {  // what nobody should write
    }
    return absl::OkStatus();
  });
  EXPECT_FALSE(status.ok());
  EXPECT_THAT(Sum(), IsOkAndHolds(0));
}

TEST_F(TransactionTest, TheDeadlineEndsAStatement) {
  const absl::Time begin = absl::Now();
  const absl::Status status = RunInTransaction(pool_, begin + absl::Milliseconds(200), [](Tx& tx) {
    tx.exec("SELECT pg_sleep(20)");
    return absl::OkStatus();
  });
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kDeadlineExceeded));
  EXPECT_THAT(status, HasReason("STATEMENT_TIMEOUT"));
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
  EXPECT_THAT(Sum(), IsOkAndHolds(0));
}

TEST_F(TransactionTest, APastDeadlineDoesNotReachTheDatabase) {
  int runs = 0;
  const absl::Status status = RunInTransaction(pool_, absl::Now() - absl::Seconds(1), [&](Tx&) {
    ++runs;
    return absl::OkStatus();
  });
  EXPECT_THAT(status, HasReason("STATEMENT_TIMEOUT"));
  EXPECT_EQ(runs, 0);
}

TEST_F(TransactionTest, WithoutADeadlineNothingIsLimited) {
  const auto timeout = RunReadOnly(pool_, absl::InfiniteFuture(), [](Tx& tx) -> absl::StatusOr<std::string> {
    return tx.exec1("SHOW statement_timeout")[0].as<std::string>();
  });
  EXPECT_THAT(timeout, IsOkAndHolds("0"));
}

// Two transactions lock the same two rows in opposite order: PostgreSQL ends one, which runs again.
TEST_F(TransactionTest, ADeadlockIsRetriedUntilBothSucceed) {
  ASSERT_THAT(Insert(1, 0), IsOk());
  ASSERT_THAT(Insert(2, 0), IsOk());
  std::atomic<int> runs = 0;
  const auto add = [&](int first, int second) {
    return RunInTransaction(pool_, Soon(), [&, first, second](Tx& tx) {
      const int run = ++runs;
      tx.exec0(absl::StrCat("UPDATE item SET value = value + 1 WHERE id = ", first));
      if (run <= 2) {
        while (runs < 2) absl::SleepFor(absl::Milliseconds(1));
        absl::SleepFor(absl::Milliseconds(50));
      }
      tx.exec0(absl::StrCat("UPDATE item SET value = value + 1 WHERE id = ", second));
      return absl::OkStatus();
    });
  };
  absl::Status other;
  std::thread thread([&] { other = add(2, 1); });
  EXPECT_THAT(add(1, 2), IsOk());
  thread.join();
  EXPECT_THAT(other, IsOk());
  EXPECT_GE(runs, 3) << "one of them ran twice";
  EXPECT_THAT(Sum(), IsOkAndHolds(4));
}

TEST_F(TransactionTest, AConflictThatStaysIsReportedAfterFourRuns) {
  int runs = 0;
  const absl::Status status = RunInTransaction(pool_, Soon(), [&](Tx& tx) {
    ++runs;
    tx.exec("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
    return absl::OkStatus();
  });
  EXPECT_THAT(status, HasReason("CONFLICT"));
  EXPECT_EQ(runs, 4);
}

TEST_F(TransactionTest, AReadOnlyTransactionSeesOneSnapshotAndCannotWrite) {
  const auto seen = RunReadOnly(pool_, Soon(), [&](Tx& tx) -> absl::StatusOr<std::vector<int64_t>> {
    const int64_t before = Exec(tx, kSum)[0][0].as<int64_t>();
    EXPECT_THAT(Insert(1, 7), IsOk());  // another connection
    const int64_t after = Exec(tx, kSum)[0][0].as<int64_t>();
    return std::vector<int64_t>{before, after};
  });
  EXPECT_THAT(seen, IsOkAndHolds(::testing::ElementsAre(0, 0)));
  const absl::Status write = RunReadOnly(pool_, Soon(), [](Tx& tx) {
    Exec(tx, kInsert, 2, 1);
    return absl::OkStatus();
  });
  EXPECT_THAT(write, HasReason("DATABASE_READ_ONLY"));
}

TEST_F(TransactionTest, AFullPoolSaysBusyWhenTheDeadlineComes) {
  std::vector<Pool::Lease> leases;
  for (int i = 0; i < 3; ++i) leases.push_back(*pool_.Acquire(Soon()));
  EXPECT_EQ(pool_.stats().in_use, 3);
  const absl::Status status = pool_.Ping(absl::Now() + absl::Milliseconds(50));
  EXPECT_THAT(status, StatusIs(absl::StatusCode::kResourceExhausted));
  EXPECT_THAT(status, HasReason("DATABASE_BUSY"));
  EXPECT_TRUE(RetryDelayOf(status).has_value());
  leases.pop_back();
  EXPECT_THAT(pool_.Ping(Soon()), IsOk());
}

TEST_F(TransactionTest, CallersThatWaitForAConnectionAreCounted) {
  std::vector<Pool::Lease> leases;
  for (int i = 0; i < 3; ++i) leases.push_back(*pool_.Acquire(Soon()));
  EXPECT_EQ(pool_.stats().waiting, 0);
  std::thread waiting([this] { EXPECT_THAT(pool_.Ping(Soon()), IsOk()); });
  const absl::Time limit = absl::Now() + absl::Seconds(20);
  while (pool_.stats().waiting == 0 && absl::Now() < limit) std::this_thread::yield();
  EXPECT_EQ(pool_.stats().waiting, 1);
  leases.pop_back();
  waiting.join();
  EXPECT_EQ(pool_.stats().waiting, 0);
}

TEST_F(TransactionTest, ConnectionsAreUsedAgain) {
  for (int i = 0; i < 10; ++i) ASSERT_THAT(Insert(i, 1), IsOk());
  EXPECT_EQ(pool_.stats().opened, 1);
  EXPECT_EQ(pool_.stats().idle, 1);
  EXPECT_EQ(pool_.stats().in_use, 0);
}

TEST_F(TransactionTest, StatementsAreObservedByName) {
  static std::atomic<int> good = 0, bad = 0;
  SetStatementObserver([](std::string_view name, std::chrono::nanoseconds took, bool ok) {
    if (name != kInsert.name) return;
    EXPECT_GT(took.count(), 0);
    ++(ok ? good : bad);
  });
  EXPECT_THAT(Insert(1, 1), IsOk());
  EXPECT_THAT(Insert(1, 1), HasReason("ALREADY_EXISTS"));
  SetStatementObserver({});
  EXPECT_EQ(good, 1);
  EXPECT_EQ(bad, 1);
}

}  // namespace
}  // namespace zhenhui::db
