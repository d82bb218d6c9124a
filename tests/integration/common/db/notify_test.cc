#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/listener.h"
#include "common/db/notifier.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::db {
namespace {

using ::testing::ElementsAre;
using testing::TestDatabase;
using ::testing::UnorderedElementsAre;

// Collects what a listener hears.
class Ear {
 public:
  Listener::Callbacks callbacks() {
    return {.on_payload =
                [this](std::string_view payload) {
                  std::lock_guard lock(mu_);
                  heard_.emplace_back(payload);
                  changed_.notify_all();
                },
            .on_connected =
                [this] {
                  std::lock_guard lock(mu_);
                  ++connected_;
                  changed_.notify_all();
                }};
  }
  // Waits until so many payloads came (ten seconds at most), and returns all of them.
  std::vector<std::string> WaitFor(size_t payloads) {
    std::unique_lock lock(mu_);
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return heard_.size() >= payloads; });
    return heard_;
  }
  bool WaitForConnections(int connections) {
    std::unique_lock lock(mu_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return connected_ >= connections; });
  }

 private:
  std::mutex mu_;
  std::condition_variable changed_;
  std::vector<std::string> heard_;
  int connected_ = 0;
};

class NotifyTest : public ::testing::Test {
 protected:
  void Execute(const std::string& sql) {
    pqxx::connection connection(database_.dsn());
    pqxx::nontransaction tx(connection);
    tx.exec(sql);
  }
  TestDatabase database_ = TestDatabase::Create();
};

TEST_F(NotifyTest, PayloadsArriveAsTheyWereSent) {
  Ear ear;
  const Listener listener(database_.dsn(), "activities.changes", ear.callbacks());
  ASSERT_TRUE(ear.WaitForConnections(1));
  Notifier notifier(database_.dsn(), "activities.changes");
  notifier.Notify("630106101");
  notifier.Notify("上新庄镇 \"x\" \\ {,}");
  EXPECT_THAT(ear.WaitFor(2), UnorderedElementsAre("630106101", "上新庄镇 \"x\" \\ {,}"));
}

TEST_F(NotifyTest, EqualPayloadsAreMerged) {
  Ear ear;
  const Listener listener(database_.dsn(), "changes", ear.callbacks());
  ASSERT_TRUE(ear.WaitForConnections(1));
  {
    Notifier notifier(database_.dsn(), "changes", absl::Milliseconds(200));
    for (int i = 0; i < 10'000; ++i) notifier.Notify(absl::StrCat("town ", i % 5));
  }
  // The first one may leave at once, before the others come.
  const std::vector<std::string> heard = ear.WaitFor(5);
  EXPECT_THAT(std::set<std::string>(heard.begin(), heard.end()),
              ElementsAre("town 0", "town 1", "town 2", "town 3", "town 4"));
  EXPECT_LE(heard.size(), 10u);
}

TEST_F(NotifyTest, WhatIsPendingIsSentAtTheEnd) {
  Ear ear;
  const Listener listener(database_.dsn(), "changes", ear.callbacks());
  ASSERT_TRUE(ear.WaitForConnections(1));
  {
    Notifier notifier(database_.dsn(), "changes", absl::Seconds(60));
    notifier.Notify("first");
    EXPECT_THAT(ear.WaitFor(1), ElementsAre("first"));
    notifier.Notify("second");  // would wait a minute
  }
  EXPECT_THAT(ear.WaitFor(2), ElementsAre("first", "second"));
}

TEST_F(NotifyTest, OtherChannelsAreNotHeard) {
  Ear ear;
  const Listener listener(database_.dsn(), "changes", ear.callbacks());
  ASSERT_TRUE(ear.WaitForConnections(1));
  Execute("NOTIFY other, 'no'");
  Execute("NOTIFY changes, 'yes'");
  EXPECT_THAT(ear.WaitFor(1), ElementsAre("yes"));
}

TEST_F(NotifyTest, BothConnectAgainAfterTheirConnectionsAreEnded) {
  Ear ear;
  const Listener listener(database_.dsn(), "changes", ear.callbacks());
  ASSERT_TRUE(ear.WaitForConnections(1));
  Notifier notifier(database_.dsn(), "changes");
  notifier.Notify("before");
  EXPECT_THAT(ear.WaitFor(1), ElementsAre("before"));
  Execute(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
      " AND pid <> pg_backend_pid()");
  ASSERT_TRUE(ear.WaitForConnections(2)) << "the callback tells of the gap";
  notifier.Notify("after");
  EXPECT_THAT(ear.WaitFor(2), ElementsAre("before", "after"));
}

TEST_F(NotifyTest, WithoutAServerBothStopPromptly) {
  const absl::Time begin = absl::Now();
  {
    Ear ear;
    const std::string nowhere = "host=/nonexistent dbname=x";
    const Listener listener(nowhere, "changes", ear.callbacks());
    Notifier notifier(nowhere, "changes");
    notifier.Notify("lost");
    EXPECT_EQ(notifier.sent(), 0);
  }
  EXPECT_LT(absl::Now() - begin, absl::Seconds(5));
}

}  // namespace
}  // namespace zhenhui::db
