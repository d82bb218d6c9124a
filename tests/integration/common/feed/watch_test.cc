// The streams over real gRPC and PostgreSQL; the activities protos lend their messages.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/exec/executor.h"
#include "common/feed/snapshot_stream.h"
#include "common/feed/watch_stream.h"
#include "common/rpc/status_to_grpc.h"
#include "tests/integration/common/feed/item_store.h"
#include "tests/testing/matchers.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"

namespace zhenhui::feed {
namespace {

namespace pb = zhenhui::activities::v1;
using testing::HasReason;
using testing::IsOk;
using testing::IsOkAndHolds;

absl::StatusOr<pb::WatchChangesResponse> EncodeBatch(const Batch& batch) {
  pb::WatchChangesResponse message;
  if (!batch.township.empty()) message.set_township(NameOfTownship(batch.township));
  message.set_head_revision(batch.head_revision);
  for (const SharedChange& change : batch.changes) {
    pb::ActivityChange* out = message.add_changes();
    out->set_revision(change->revision);
    out->mutable_activity()->set_name(change->record_id);
    if (change->previous.has_value()) out->mutable_previous_activity()->set_name(change->record_id);
  }
  return message;
}

absl::Status EncodeRecord(int16_t, const std::string& record, pb::StreamSnapshotResponse* part) {
  const size_t equals = record.find('=');
  pb::Activity* activity = part->add_activities();
  activity->set_name(record.substr(0, equals));
  activity->set_note(
      record.substr(equals + 1, record.size() - equals - 3));  // without the bytes that are no text
  return absl::OkStatus();
}

class WatchService final : public pb::ActivityService::CallbackService {
 public:
  WatchService(Executor& executor, db::Pool& pool, Feed& feed)
      : executor_(executor), pool_(pool), feed_(feed) {}

  grpc::ServerWriteReactor<pb::WatchChangesResponse>* WatchChanges(
      grpc::CallbackServerContext*, const pb::WatchChangesRequest* request) override {
    FollowOptions options{.scope = request->scope(), .max_changes = 50};
    for (const auto& cursor : request->cursors()) {
      options.cursors[TownshipOfName(cursor.township())] = cursor.revision();
    }
    return StartWatch<pb::WatchChangesResponse>(executor_, feed_.hub(), feed_.source(), std::move(options),
                                                EncodeBatch);
  }

  grpc::ServerWriteReactor<pb::StreamSnapshotResponse>* StreamSnapshot(
      grpc::CallbackServerContext*, const pb::StreamSnapshotRequest* request) override {
    SnapshotOptions options{.current = kCurrent,
                            .township = TownshipOfName(request->township()),
                            .read_revision = request->read_revision(),
                            .part_bytes = part_bytes,
                            .timeout = timeout};
    return new SnapshotStream<pb::StreamSnapshotResponse>(executor_, pool_, std::move(options), EncodeRecord);
  }

  size_t part_bytes = size_t{256} << 10;
  absl::Duration timeout = absl::Minutes(1);

 private:
  Executor& executor_;
  db::Pool& pool_;
  Feed& feed_;
};

// One process of a service: pool, feed and server.
class Process {
 public:
  explicit Process(const std::string& dsn, Feed::Options options = {})
      : pool_(ItemPool(dsn)), feed_(pool_, WithDsn(std::move(options), dsn)), store(pool_, &feed_) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&service);
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
    server_ = builder.BuildAndStart();
    stub = pb::ActivityService::NewStub(
        grpc::CreateChannel(absl::StrCat("127.0.0.1:", port), grpc::InsecureChannelCredentials()));
  }
  ~Process() {
    feed_.Close();
    server_->Shutdown(std::chrono::system_clock::now() + std::chrono::seconds(5));
    server_->Wait();
  }
  void CloseFeed() { feed_.Close(); }

 private:
  static Feed::Options WithDsn(Feed::Options options, const std::string& dsn) {
    options.dsn = dsn;
    if (options.channel.empty()) options.channel = "items_feed";
    return options;
  }
  db::Pool pool_;
  Feed feed_;
  ThreadPool executor_{3, 100};

 public:
  ItemStore store;
  WatchService service{executor_, pool_, feed_};
  std::unique_ptr<pb::ActivityService::Stub> stub;

 private:
  std::unique_ptr<grpc::Server> server_;
};

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

class SnapshotTest : public WatchTest {
 protected:
  struct Snapshot {
    absl::Status status;
    std::multiset<std::string> names;
    int parts = 0;
    int64_t revision = 0;
    bool last = false;
  };
  static Snapshot Fetch(Process& process, int64_t revision, absl::Duration pause = absl::ZeroDuration()) {
    pb::StreamSnapshotRequest request;
    request.set_township(NameOfTownship(kTown));
    request.set_read_revision(revision);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    const auto stream = process.stub->StreamSnapshot(&context, request);
    Snapshot snapshot;
    pb::StreamSnapshotResponse part;
    absl::SleepFor(pause);
    while (stream->Read(&part)) {
      EXPECT_FALSE(snapshot.last) << "a part after the last one";
      for (const auto& activity : part.activities()) snapshot.names.insert(activity.name());
      snapshot.revision = part.read_revision();
      snapshot.last = part.last();
      ++snapshot.parts;
    }
    snapshot.status = rpc::FromGrpc(stream->Finish());
    return snapshot;
  }
  static std::map<std::string, std::string> Items(int count, size_t bytes) {
    std::map<std::string, std::string> items;
    for (int i = 0; i < count; ++i) items[absl::StrCat(i)] = std::string(bytes, 'x');
    return items;
  }
};

TEST_F(SnapshotTest, ArrivesWholeInPartsWhileWritersGoOn) {
  Process process(database_.dsn());
  process.service.part_bytes = 10000;
  ASSERT_THAT(process.store.Write(kTown, Items(500, 200)), IsOkAndHolds(500));
  ASSERT_THAT(process.store.Write(kTown, {{"0", "corrected"}, {"later", "x"}}), IsOkAndHolds(502));
  const Snapshot newest = Fetch(process, 0);
  EXPECT_THAT(newest.status, IsOk());
  EXPECT_EQ(newest.names.size(), 501u);
  EXPECT_EQ(std::set<std::string>(newest.names.begin(), newest.names.end()).size(), 501u);
  EXPECT_EQ(newest.revision, 502);
  EXPECT_TRUE(newest.last);
  EXPECT_GT(newest.parts, 8);
  const Snapshot old = Fetch(process, 500);
  EXPECT_EQ(old.names.size(), 500u);
  EXPECT_EQ(old.revision, 500);
}

TEST_F(SnapshotTest, ATownshipWithoutRecordsGivesOneEmptyLastPart) {
  Process process(database_.dsn());
  const Snapshot empty = Fetch(process, 0);
  EXPECT_THAT(empty.status, IsOk());
  EXPECT_EQ(empty.parts, 1);
  EXPECT_TRUE(empty.last);
  EXPECT_THAT(Fetch(process, 1).status, HasReason("CURSOR_AHEAD"));
}

TEST_F(SnapshotTest, AClientThatDoesNotReadLosesTheConnectionInTime) {
  Process process(database_.dsn());
  process.service.timeout = absl::Milliseconds(500);
  process.service.part_bytes = 100000;
  ASSERT_THAT(process.store.Write(kTown, Items(3000, 4000)), IsOk());
  std::thread slow([&] {
    const Snapshot snapshot = Fetch(process, 0, absl::Seconds(2));
    EXPECT_EQ(snapshot.status.code(), absl::StatusCode::kDeadlineExceeded) << snapshot.status;
    EXPECT_FALSE(snapshot.last);
  });
  absl::SleepFor(absl::Milliseconds(1500));
  pqxx::connection connection(database_.dsn());
  const auto busy = pqxx::nontransaction(connection)
                        .exec(
                            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
                            "AND query LIKE 'COPY (SELECT%' AND state <> 'idle'");
  EXPECT_EQ(busy.size(), 0u);
  slow.join();
}

}  // namespace
}  // namespace zhenhui::feed
