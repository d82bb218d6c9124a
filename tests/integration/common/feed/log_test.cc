#include "common/feed/log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_cat.h"
#include "common/feed/snapshot_reader.h"
#include "common/feed/source.h"
#include "tests/integration/common/feed/item_store.h"
#include "tests/testing/matchers.h"

namespace zhenhui::feed {
namespace {

using ::testing::ElementsAre;
using testing::HasReason;
using ::testing::IsEmpty;
using testing::IsOk;
using testing::IsOkAndHolds;
using ::testing::SizeIs;

class FeedLogTest : public ::testing::Test {
 protected:
  absl::StatusOr<SharedChanges> Changes(int64_t after, int64_t max_rows = 1000, int64_t max_bytes = 1 << 20) {
    return DatabaseSource(pool_).ReadChanges(kTown, after, max_rows, max_bytes);
  }

  testing::TestDatabase database_ = CreateItemDatabase();
  db::Pool pool_{ItemPool(database_.dsn())};
  ItemStore store_{pool_, nullptr};
};

TEST_F(FeedLogTest, AChangeComesBackWithAllThatWasWritten) {
  ASSERT_THAT(store_.Write(kTown, {{"a", "one"}}), IsOkAndHolds(1));
  ASSERT_THAT(store_.Write(kTown, {{"a", "two"}}), IsOkAndHolds(2));
  const auto changes = Changes(0);
  ASSERT_THAT(changes, IsOk());
  ASSERT_THAT(*changes, SizeIs(2));
  const absl::Time at = absl::FromUnixMicros(1709618400123456);
  EXPECT_EQ(*(*changes)[0], (StoredChange{.revision = 1,
                                          .record_type = kItemType,
                                          .record_id = "a",
                                          .previous_revision = 0,
                                          .record = Record("a", "one"),
                                          .previous = std::nullopt,
                                          .reason = "",
                                          .by = "tester",
                                          .at = at}));
  EXPECT_EQ(*(*changes)[1], (StoredChange{.revision = 2,
                                          .record_type = kItemType,
                                          .record_id = "a",
                                          .previous_revision = 1,
                                          .record = Record("a", "two"),
                                          .previous = Record("a", "one"),
                                          .reason = "更正",
                                          .by = "tester",
                                          .at = at}));
}

TEST_F(FeedLogTest, ReadingStopsAtRowsOrBytesButGivesAtLeastOne) {
  ASSERT_THAT(store_.Write(kTown, {{"a", std::string(1000, 'x')}, {"b", std::string(1000, 'x')}, {"c", "x"}}),
              IsOkAndHolds(3));
  EXPECT_THAT(*Changes(0, 2), SizeIs(2));
  EXPECT_THAT(*Changes(0, 1000, 1), SizeIs(1));
  EXPECT_THAT(*Changes(0, 1000, 1500), SizeIs(2));
  EXPECT_THAT(*Changes(0), SizeIs(3));
  EXPECT_THAT(*Changes(3), IsEmpty());
}

TEST_F(FeedLogTest, NothingAppendedMovesNothing) {
  EXPECT_THAT(store_.Write(kTown, {}), IsOkAndHolds(0));
  EXPECT_THAT(store_.Write(kTown, {{"a", "one"}}), IsOkAndHolds(1));
}

TEST_F(FeedLogTest, HeadsAreReadByPrefix) {
  for (const char* town : {"630106101", "630106102", "630105100", "63010610"}) {
    ASSERT_THAT(store_.Write(town, {{"a", "one"}}), IsOk());
  }
  const auto towns = [&](std::string_view scope) {
    std::vector<std::string> codes;
    const auto heads = DatabaseSource(pool_).ReadHeads(scope);
    EXPECT_THAT(heads, IsOk());
    for (const Head& head : *heads) codes.push_back(head.township);
    return codes;
  };
  EXPECT_THAT(towns("630106101"), ElementsAre("630106101"));
  EXPECT_THAT(towns("630106"), ElementsAre("63010610", "630106101", "630106102"));
  EXPECT_THAT(towns("*"), SizeIs(4));
  EXPECT_THAT(towns(""), IsEmpty());
  EXPECT_THAT(towns("64"), IsEmpty());
}

TEST_F(FeedLogTest, ARecordsHistoryFollowsItsPreviousRevisions) {
  for (const char* text : {"one", "two", "three"}) {
    ASSERT_THAT(store_.Write(kTown, {{"a", text}, {"b", text}}), IsOk());
  }
  const auto revisions = [&](int64_t from, int64_t max) {
    std::vector<int64_t> all;
    auto read = [&](db::Tx& tx) -> absl::StatusOr<SharedChanges> {
      return ReadHistory(tx, kTown, from, max);
    };
    const absl::StatusOr<SharedChanges> history = store_.Read(read);
    EXPECT_THAT(history, IsOk());
    for (const SharedChange& change : *history) all.push_back(change->revision);
    return all;
  };
  EXPECT_THAT(revisions(5, 10), ElementsAre(5, 3, 1));
  EXPECT_THAT(revisions(6, 2), ElementsAre(6, 4));
  EXPECT_THAT(revisions(7, 2), IsEmpty());
}

TEST_F(FeedLogTest, ReadAtGivesTheGivenRevisionsThatExist) {
  ASSERT_THAT(store_.Write(kTown, {{"a", "1"}, {"b", "2"}, {"c", "3"}}), IsOk());
  const auto found = store_.Read([](db::Tx& tx) -> absl::StatusOr<SharedChanges> {
    const int64_t wanted[] = {3, 99, 1};
    return ReadAt(tx, kTown, wanted);
  });
  ASSERT_THAT(*found, SizeIs(2));
  EXPECT_EQ((*found)[0]->record_id, "a");
  EXPECT_EQ((*found)[1]->record_id, "c");
}

TEST_F(FeedLogTest, RevisionsHaveNoGapUnderManyWritersAndRollbacks) {
  constexpr int kWriters = 6;
  constexpr int kWrites = 30;
  std::vector<std::thread> writers;
  std::atomic<int64_t> written = 0;
  for (int writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&, writer] {
      for (int i = 0; i < kWrites; ++i) {
        const std::string id = absl::StrCat("w", writer, "-", i % 7);
        if (store_.Write(kTown, {{id, absl::StrCat(i)}, {"shared", id}}).ok()) written += 2;
        const absl::Status undone =
            db::RunInTransaction(pool_, absl::Now() + absl::Seconds(30), [&](db::Tx& tx) -> absl::Status {
              const NewRevision lost[] = {
                  {.record_type = kItemType, .record_id = "lost", .record = "x", .by = "t"}};
              Append(tx, kTown, LockHead(tx, kTown), lost);
              return absl::AbortedError("changed my mind");
            });
        EXPECT_FALSE(undone.ok());
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  ASSERT_EQ(written, 2 * kWriters * kWrites);
  const auto changes = Changes(0);
  ASSERT_THAT(changes, IsOk());
  ASSERT_EQ(changes->size(), static_cast<size_t>(written));
  std::map<std::string, int64_t> latest;
  for (size_t i = 0; i < changes->size(); ++i) {
    const StoredChange& change = *(*changes)[i];
    ASSERT_EQ(change.revision, static_cast<int64_t>(i) + 1);
    ASSERT_EQ(change.previous_revision, latest[change.record_id]) << "two writers replaced the same revision";
    latest[change.record_id] = change.revision;
  }
}

TEST_F(FeedLogTest, ASnapshotCannotBeReadAheadOfTheFeedNorBeforeWhatIsKept) {
  ASSERT_THAT(store_.Write(kTown, {{"a", "1"}, {"b", "2"}}), IsOk());
  ASSERT_THAT(store_.Write(kTown, {{"a", "3"}, {"b", "4"}}), IsOk());
  pqxx::connection connection(database_.dsn());
  pqxx::nontransaction(connection).exec("UPDATE feed SET first_kept = 3");
  const auto open = [&](int64_t revision) {
    const auto reader =
        SnapshotReader::Open(pool_, absl::Now() + absl::Seconds(10), kCurrent, kTown, revision);
    return reader.status();
  };
  EXPECT_THAT(open(0), IsOk());
  EXPECT_THAT(open(2), IsOk());
  EXPECT_THAT(open(1), HasReason("CURSOR_TOO_OLD"));
  EXPECT_THAT(open(5), HasReason("CURSOR_AHEAD"));
}

TEST_F(FeedLogTest, AnAbandonedSnapshotGivesItsConnectionBackUsable) {
  std::map<std::string, std::string> items;
  for (int i = 0; i < 500; ++i) items[absl::StrCat(i)] = std::string(2000, 'x');
  ASSERT_THAT(store_.Write(kTown, items), IsOk());
  db::Pool one(ItemPool(database_.dsn(), 1));
  for (int i = 0; i < 5; ++i) {
    auto reader = SnapshotReader::Open(one, absl::Now() + absl::Seconds(10), kCurrent, kTown, 0);
    ASSERT_THAT(reader, IsOk());
    int records = 0;
    ASSERT_THAT((*reader)->Next(10000, [&](int16_t, std::string_view) { ++records; }), IsOkAndHolds(true));
    EXPECT_EQ(records, 5);
  }
  EXPECT_THAT(DatabaseSource(one).ReadHeads("*"), IsOk());
}

}  // namespace
}  // namespace zhenhui::feed
