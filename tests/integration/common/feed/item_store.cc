#include "tests/integration/common/feed/item_store.h"

#include <pqxx/pqxx>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/feed/schema.h"

namespace zhenhui::feed {
namespace {

constexpr db::Statement kFindItem = {
    "item.find",
    "SELECT i.revision, r.record FROM item i JOIN revision r USING (township_code, revision) "
    "WHERE i.township_code = $1 AND i.id = $2"};
constexpr db::Statement kPutItem = {
    "item.put",
    "INSERT INTO item (township_code, id, revision) VALUES ($1, $2, $3) "
    "ON CONFLICT (township_code, id) DO UPDATE SET revision = EXCLUDED.revision"};

absl::Status CreateTables(const std::string& dsn) {
  pqxx::connection connection(dsn);
  pqxx::work tx(connection);
  tx.exec(kFeedSchema);
  tx.exec(
      "CREATE TABLE item (township_code text COLLATE \"C\", id text, revision bigint NOT NULL, "
      "PRIMARY KEY (township_code, id))");
  tx.commit();
  return absl::OkStatus();
}

}  // namespace

testing::TestDatabase CreateItemDatabase() {
  return testing::TestDatabase::Create("feed_items", CreateTables);
}

db::PoolOptions ItemPool(const std::string& dsn, int size) {
  db::PoolOptions options{.dsn = dsn, .size = size, .statements = Statements()};
  options.statements.insert(options.statements.end(), {kFindItem, kPutItem});
  return options;
}

std::string Record(const std::string& id, const std::string& text) {
  return absl::StrCat(id, "=", text, std::string("\0\xff", 2));  // bytes that are no text
}

absl::StatusOr<int64_t> ItemStore::Write(const std::string& township,
                                         const std::map<std::string, std::string>& items) {
  std::vector<NewRevision> revisions;
  const auto work = [&](db::Tx& tx) -> absl::StatusOr<int64_t> {
    revisions.clear();
    const int64_t head = LockHead(tx, township);
    for (const auto& [id, text] : items) {
      NewRevision revision{.record_type = kItemType, .record_id = id, .record = Record(id, text)};
      revision.by = "tester";
      revision.at = absl::FromUnixMicros(1709618400123456);
      const pqxx::result old = db::Exec(tx, kFindItem, township, id);
      if (!old.empty()) {
        revision.previous_revision = old[0][0].as<int64_t>();
        revision.previous = pqxx::binarystring(old[0][1]).str();
        revision.reason = "更正";
      }
      revisions.push_back(std::move(revision));
    }
    const int64_t last = Append(tx, township, head, revisions);
    for (size_t i = 0; i < revisions.size(); ++i) {
      db::Exec(tx, kPutItem, township, revisions[i].record_id, head + 1 + static_cast<int64_t>(i));
    }
    return last;
  };
  absl::StatusOr<int64_t> last = db::RunInTransaction(pool_, absl::Now() + absl::Seconds(30), work);
  if (last.ok() && feed_ != nullptr) feed_->Committed(township, std::move(revisions), *last);
  return last;
}

}  // namespace zhenhui::feed
