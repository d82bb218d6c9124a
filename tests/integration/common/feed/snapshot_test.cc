// StreamSnapshot over real gRPC and PostgreSQL.
#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <set>
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

class SnapshotTest : public ::testing::Test {
 protected:
  testing::TestDatabase database_ = CreateItemDatabase();

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
