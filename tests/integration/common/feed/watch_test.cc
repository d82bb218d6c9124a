// WatchChanges over real gRPC and PostgreSQL.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/status_to_grpc.h"
#include "tests/integration/common/feed/item_process.h"
#include "tests/integration/common/feed/item_store.h"
#include "tests/testing/matchers.h"

namespace zhenhui::feed {
namespace {

using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;

// A client that follows until it has reached a revision, and checks that nothing is missing or doubled.
class Watcher {
 public:
  Watcher(Process& process, int64_t cursor, const std::string& town = kTown)
      : town_(town), next_(cursor + 1) {
    pb::WatchChangesRequest request;
    request.set_scope("630106");
    auto* position = request.add_cursors();
    position->set_township(NameOfTownship(town));
    position->set_revision(cursor);
    context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    stream_ = process.stub->WatchChanges(&context_, request);
  }
  ~Watcher() {
    context_.TryCancel();
    if (!finished_) stream_->Finish();
  }

  // False if the stream ended before, or a revision was out of order.
  bool ReadTo(int64_t revision) {
    pb::WatchChangesResponse message;
    while (next_ <= revision) {
      if (!stream_->Read(&message)) return false;
      if (message.township() != NameOfTownship(town_)) continue;
      for (const auto& change : message.changes()) {
        if (change.revision() != next_) return false;
        ++next_;
      }
    }
    return true;
  }
  absl::Status End() {
    pb::WatchChangesResponse message;
    while (stream_->Read(&message)) {
    }
    finished_ = true;
    return rpc::FromGrpc(stream_->Finish());
  }
  bool ReadHead() {
    pb::WatchChangesResponse message;
    return stream_->Read(&message) && message.changes().empty();
  }

 private:
  const std::string town_;
  int64_t next_;
  bool finished_ = false;
  grpc::ClientContext context_;
  std::unique_ptr<grpc::ClientReader<pb::WatchChangesResponse>> stream_;
};

class WatchTest : public ::testing::Test {
 protected:
  testing::TestDatabase database_ = CreateItemDatabase();
};

TEST_F(WatchTest, AWatcherFromAnyCursorSeesEveryRevisionOnceWhileWritersWrite) {
  Process process(database_.dsn(), {.ring_bytes = 20000});  // small: some reads fall back to the database
  std::atomic<bool> stop = false;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 3; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < 100; ++i) {
        EXPECT_THAT(process.store.Write(kTown, {{absl::StrCat(writer, "-", i % 5), "x"}, {"shared", "y"}}),
                    IsOk());
        if (i % 10 != 0) continue;
        EXPECT_THAT(process.store.Write(kOtherTown, {{"z", absl::StrCat(i)}}), IsOk());
      }
    });
  }
  std::vector<std::thread> watchers;
  std::atomic<int> good = 0;
  for (int watcher = 0; watcher < 6; ++watcher) {
    watchers.emplace_back([&, watcher] {
      // The cursor must exist when the watch begins.
      int64_t head = 0;
      while (head < watcher * 40) {
        head = process.store.Read([](db::Tx& tx) -> absl::StatusOr<Head> { return ReadHead(tx, kTown); })
                   ->last_revision;
      }
      Watcher follower(process, watcher * 40);
      if (follower.ReadTo(600)) ++good;
    });
  }
  for (std::thread& writer : writers) writer.join();
  for (std::thread& watcher : watchers) watcher.join();
  EXPECT_EQ(good, 6);
}

TEST_F(WatchTest, AnotherProcessesCommitsArriveByNotification) {
  Process writing(database_.dsn());
  Process following(database_.dsn(), {.sweep = absl::Hours(1)});
  ASSERT_THAT(writing.store.Write(kTown, {{"a", "1"}}), IsOkAndHolds(1));
  Watcher watcher(following, 0);
  ASSERT_TRUE(watcher.ReadTo(1));
  ASSERT_THAT(writing.store.Write(kTown, {{"a", "2"}, {"b", "1"}}), IsOkAndHolds(3));
  EXPECT_TRUE(watcher.ReadTo(3));
}

TEST_F(WatchTest, WhenNotificationsAreLostTheSweepDelivers) {
  Process writing(database_.dsn(), {.channel = "a_channel_that_nobody_hears"});
  Process following(database_.dsn(), {.sweep = absl::Milliseconds(100)});
  Watcher watcher(following, 0);
  ASSERT_TRUE(watcher.ReadHead());
  for (int64_t revision = 1; revision <= 3; ++revision) {
    ASSERT_THAT(writing.store.Write(kTown, {{"a", absl::StrCat(revision)}}), IsOkAndHolds(revision));
    ASSERT_TRUE(watcher.ReadTo(revision));
  }
}

TEST_F(WatchTest, AKilledListenerComesBackAndNothingIsLost) {
  Process writing(database_.dsn());
  Process following(database_.dsn(), {.sweep = absl::Milliseconds(300)});
  Watcher watcher(following, 0);
  ASSERT_TRUE(watcher.ReadHead());
  pqxx::connection connection(database_.dsn());
  for (int64_t revision = 1; revision <= 6; ++revision) {
    const auto killed = pqxx::nontransaction(connection)
                            .exec(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                                "WHERE datname = current_database() AND query LIKE 'LISTEN%'");
    ASSERT_TRUE(revision > 1 || !killed.empty()) << "no listener was found";
    ASSERT_THAT(writing.store.Write(kTown, {{"a", absl::StrCat(revision)}}), IsOkAndHolds(revision));
    ASSERT_TRUE(watcher.ReadTo(revision));
  }
}

TEST_F(WatchTest, BadCursorsEndTheStreamWithTheirReason) {
  Process process(database_.dsn());
  for (int i = 0; i < 5; ++i) ASSERT_THAT(process.store.Write(kTown, {{"a", absl::StrCat(i)}}), IsOk());
  pqxx::connection connection(database_.dsn());
  pqxx::nontransaction(connection).exec("UPDATE feed SET first_kept = 3");
  EXPECT_THAT(Watcher(process, 1).End(), HasReason("CURSOR_TOO_OLD"));
  EXPECT_THAT(Watcher(process, 6).End(), HasReason("CURSOR_AHEAD"));
  EXPECT_TRUE(Watcher(process, 2).ReadTo(5));
}

TEST_F(WatchTest, ClosingTheFeedEndsItsWatchers) {
  Process process(database_.dsn());
  Watcher watcher(process, 0);
  ASSERT_TRUE(watcher.ReadHead());
  process.CloseFeed();
  EXPECT_THAT(watcher.End(), HasReason("SHUTTING_DOWN"));
}

}  // namespace
}  // namespace zhenhui::feed
