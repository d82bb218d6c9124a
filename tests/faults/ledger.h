#pragma once
#include <compare>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "tests/faults/content.h"

namespace zhenhui::faults {

// Which record: in which feed ("activities" or "townships"), of which town.
struct RecordKey {
  std::string feed;
  std::string town;
  std::string id;  // "activity/a-1", "month/2024-03-01", "village/630106101201", ...
  friend auto operator<=>(const RecordKey&, const RecordKey&) = default;
};
std::string NameOf(const RecordKey& key);

// A content that was acknowledged, at the revision that the acknowledgement gave.
struct Version {
  Content content;
  int64_t revision = 0;
};

// Sent once, never acknowledged and never sent again: all of it may be stored, or nothing.
using AbandonedBatch = std::map<RecordKey, Content>;

// What the clients know to be true: the side of the balance that no process of ours keeps. Thread-safe.
class Ledger {
 public:
  struct Entries {
    std::map<RecordKey, std::vector<Version>> records;  // each with all its versions, oldest first
    std::vector<AbandonedBatch> abandoned;
    std::vector<std::string> complaints;  // answers that break the contract
  };

  // The same content again must come with the revision that it had.
  void Acknowledge(const RecordKey& key, const Content& content, int64_t revision);
  void Abandon(AbandonedBatch batch);
  void Complain(const std::string& what);

  // The newest version; the record must be there.
  Version Newest(const RecordKey& key) const;
  Entries Copy() const;

 private:
  mutable std::mutex mutex_;
  Entries entries_;  // guarded by mutex_
};

}  // namespace zhenhui::faults
