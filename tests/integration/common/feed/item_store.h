#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/db/pool.h"
#include "common/db/transaction.h"
#include "common/feed/feed.h"
#include "common/feed/log.h"
#include "tests/testing/private_postgres.h"

// A service in miniature: items with an id and a text, each write a revision of its township.
namespace zhenhui::feed {

inline constexpr char kTown[] = "630106101";
inline constexpr char kOtherTown[] = "630106102";
inline constexpr char kCurrent[] = "item";
inline constexpr int16_t kItemType = 7;

testing::TestDatabase CreateItemDatabase();

class ItemStore {
 public:
  // `feed` may be null; otherwise it is told of each commit.
  ItemStore(db::Pool& pool, Feed* feed) : pool_(pool), feed_(feed) {}

  // Creates or replaces items (id -> text) in one transaction; returns the last revision.
  absl::StatusOr<int64_t> Write(const std::string& township, const std::map<std::string, std::string>& items);

  template <typename Work>
  auto Read(Work work) {
    return db::RunReadOnly(pool_, absl::Now() + absl::Seconds(30), work);
  }

 private:
  db::Pool& pool_;
  Feed* const feed_;
};

db::PoolOptions ItemPool(const std::string& dsn, int size = 8);

// The record of an item: its id and text.
std::string Record(const std::string& id, const std::string& text);

}  // namespace zhenhui::feed
