#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/dsn.h"
#include "common/db/transaction.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::db {
namespace {

using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;
using testing::PrivatePostgres;

constexpr Statement kInsert = {"test.insert", "INSERT INTO item (id) VALUES ($1)"};
constexpr Statement kCount = {"test.count", "SELECT count(*) FROM item"};

class RestartTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const absl::Status created = RunInTransaction(pool_, Soon(), [](Tx& tx) {
      tx.exec0("CREATE SCHEMA town");
      tx.exec0("CREATE TABLE town.item (id bigint PRIMARY KEY)");
      return absl::OkStatus();
    });
    ASSERT_THAT(created, IsOk());
  }
  absl::Time Soon() const { return absl::Now() + absl::Seconds(20); }
  absl::Status Insert(int64_t id) {
    return RunInTransaction(pool_, Soon(), [&](Tx& tx) {
      Exec(tx, kInsert, id);
      return absl::OkStatus();
    });
  }
  absl::StatusOr<int64_t> Count() {
    return RunReadOnly(pool_, Soon(), [](Tx& tx) -> absl::StatusOr<int64_t> {
      return Exec(tx, kCount)[0][0].as<int64_t>();
    });
  }

  PrivatePostgres server_{{.durable = true}};
  Pool pool_{
      {.dsn = *WithSettings(server_.Dsn(), {.schema = "town"}), .size = 4, .statements = {kInsert, kCount}}};
};

TEST_F(RestartTest, ADownServerIsUnavailableAndComesBackByItself) {
  ASSERT_THAT(Insert(1), IsOk());
  server_.Stop();
  EXPECT_THAT(Insert(2), HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_THAT(pool_.Ping(Soon()), HasReason("DATABASE_UNAVAILABLE"));
  EXPECT_GE(pool_.stats().failed, 2);
  server_.Start();
  EXPECT_THAT(Insert(2), IsOk());
  EXPECT_THAT(Count(), IsOkAndHolds(2)) << "search_path and the prepared statements are there again";
}

TEST_F(RestartTest, AKillBetweenTransactionsIsNotNoticedByTheCaller) {
  for (int64_t round = 1; round <= 3; ++round) {
    std::vector<Pool::Lease> leases;  // so that several connections are idle, and all of them dead
    for (int i = 0; i < 4; ++i) leases.push_back(*pool_.Acquire(Soon()));
    leases.clear();
    server_.Kill();
    server_.Start();
    EXPECT_THAT(Insert(round), IsOk());
  }
  EXPECT_THAT(Count(), IsOkAndHolds(3));
}

TEST_F(RestartTest, AKillInTheMiddleRunsTheTransactionAgain) {
  int runs = 0;
  const absl::Status status = RunInTransaction(pool_, Soon(), [&](Tx& tx) {
    if (++runs == 1) {
      Exec(tx, kInsert, 1);
      server_.Kill();
      server_.Start();
    }
    Exec(tx, kInsert, 2);
    return absl::OkStatus();
  });
  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(runs, 2);
  EXPECT_THAT(Count(), IsOkAndHolds(1)) << "what the first run wrote is gone";
}

// COMMIT is made to wait for a standby that does not exist, and the server dies there.
TEST_F(RestartTest, ALossDuringCommitIsUnknownAndNotRunAgain) {
  pqxx::connection operator_connection(server_.Dsn());
  pqxx::nontransaction as_operator(operator_connection);
  as_operator.exec0("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
  as_operator.exec1("SELECT pg_reload_conf()");
  int runs = 0;
  absl::Status status;
  std::thread writer([&] {
    status = RunInTransaction(pool_, absl::InfiniteFuture(), [&](Tx& tx) {
      ++runs;
      while (tx.exec1("SHOW synchronous_standby_names")[0].as<std::string>().empty()) continue;
      Exec(tx, kInsert, 1);
      return absl::OkStatus();
    });
  });
  while (
      as_operator.exec1("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")[0].as<int>() ==
      0) {
    absl::SleepFor(absl::Milliseconds(5));
  }
  server_.Kill();
  writer.join();
  EXPECT_THAT(status, HasReason("COMMIT_UNKNOWN"));
  EXPECT_EQ(runs, 1);
  server_.Start();
  EXPECT_THAT(Count(), IsOkAndHolds(1)) << "here it was saved: a blind retry would have done it twice";
}

}  // namespace
}  // namespace zhenhui::db
