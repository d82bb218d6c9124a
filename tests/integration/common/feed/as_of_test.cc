// As-of reading against the definition: replay the log up to the revision.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/feed/log.h"
#include "common/feed/snapshot_reader.h"
#include "common/feed/source.h"
#include "tests/integration/common/feed/item_store.h"
#include "tests/testing/matchers.h"

namespace zhenhui::feed {
namespace {

std::vector<std::string> Replay(const SharedChanges& log, int64_t revision) {
  std::map<std::string, std::string> records;
  for (const SharedChange& change : log) {
    if (change->revision <= revision) records[change->record_id] = change->record;
  }
  std::vector<std::string> contents;
  for (auto& [id, record] : records) contents.push_back(record);
  std::sort(contents.begin(), contents.end());
  return contents;
}

std::vector<std::string> ByStreamCurrent(ItemStore& store, std::string_view current, int64_t revision) {
  std::vector<std::string> contents;
  const auto read = [&](db::Tx& tx) -> absl::Status {
    contents.clear();
    StreamCurrent(tx, current, kTown, revision, [&](int16_t type, const std::string& record) {
      RC_ASSERT(type == kItemType);
      contents.push_back(record);
    });
    return absl::OkStatus();
  };
  RC_ASSERT(store.Read(read).ok());
  std::sort(contents.begin(), contents.end());
  return contents;
}

std::vector<std::string> ByTwoHalves(ItemStore& store, int64_t revision) {
  std::vector<std::string> contents;
  const auto read = [&](db::Tx& tx) -> absl::Status {
    contents.clear();
    std::vector<int64_t> current;
    for (const auto& row : tx.exec(absl::StrCat("SELECT revision FROM item WHERE township_code = '", kTown,
                                                "' AND revision <= ", revision))) {
      current.push_back(row[0].as<int64_t>());
    }
    for (const SharedChange& change : ReadAt(tx, kTown, current)) contents.push_back(change->record);
    for (const SharedChange& change : ReadSuperseded(tx, kTown, revision)) contents.push_back(change->record);
    return absl::OkStatus();
  };
  RC_ASSERT(store.Read(read).ok());
  std::sort(contents.begin(), contents.end());
  return contents;
}

std::vector<std::string> BySnapshotReader(db::Pool& pool, std::string_view current, int64_t revision) {
  auto reader = SnapshotReader::Open(pool, absl::Now() + absl::Seconds(10), current, kTown, revision);
  RC_ASSERT(reader.ok());
  std::vector<std::string> contents;
  for (bool more = true; more;) {
    const absl::StatusOr<bool> next =
        (*reader)->Next(30, [&](int16_t, std::string_view record) { contents.emplace_back(record); });
    RC_ASSERT(next.ok());
    more = *next;
  }
  std::sort(contents.begin(), contents.end());
  return contents;
}

TEST(AsOfTest, EveryWayOfReadingEqualsReplayOfTheLogForAnyHistory) {
  const testing::TestDatabase database = CreateItemDatabase();
  db::Pool pool(ItemPool(database.dsn()));
  ItemStore store(pool, nullptr);
  const bool held = rc::check([&] {
    pqxx::connection connection(database.dsn());
    pqxx::nontransaction(connection).exec("TRUNCATE feed, revision, item");
    const auto item = rc::gen::pair(rc::gen::elementOf(std::vector<std::string>{"a", "b", "c", "d", "e"}),
                                    rc::gen::elementOf(std::vector<std::string>{"1", "2", "3"}));
    using Batch = std::vector<std::pair<std::string, std::string>>;
    const auto lists =
        *rc::gen::resize(12, rc::gen::container<std::vector<Batch>>(rc::gen::container<Batch>(item)));
    std::vector<std::map<std::string, std::string>> batches;
    for (const Batch& list : lists) batches.emplace_back(list.begin(), list.end());
    for (const auto& batch : batches) {
      RC_ASSERT(store.Write(kTown, batch).ok());
    }
    RC_ASSERT(store.Write(kOtherTown, {{"a", "of the neighbour"}}).ok());
    const auto log = DatabaseSource(pool).ReadChanges(kTown, 0, 100000, 1 << 30);
    RC_ASSERT(log.ok());
    const auto head = static_cast<int64_t>(log->size());
    const int64_t revision = *rc::gen::inRange<int64_t>(0, head + 1);
    const std::vector<std::string> expected = Replay(*log, revision);
    RC_ASSERT(ByStreamCurrent(store, kCurrent, revision) == expected);
    RC_ASSERT(ByStreamCurrent(store, "", revision) == expected);
    RC_ASSERT(ByTwoHalves(store, revision) == expected);
    // 0 means the newest to the reader, because nobody wants a snapshot of nothing.
    const std::vector<std::string> snapshot = revision == 0 ? Replay(*log, head) : expected;
    RC_ASSERT(BySnapshotReader(pool, kCurrent, revision) == snapshot);
    RC_ASSERT(BySnapshotReader(pool, "", revision) == snapshot);
  });
  EXPECT_TRUE(held);
}

}  // namespace
}  // namespace zhenhui::feed
