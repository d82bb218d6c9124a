#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/faults/content.h"
#include "tests/faults/ledger.h"

namespace zhenhui::faults {

// One row of a feed's log.
struct StoredRevision {
  int64_t revision = 0;
  int64_t previous = 0;
  RecordKey key;
  Content content;
};

// Everything that the three schemas of a database hold, read in one snapshot by their owner.
struct Stored {
  using Feed = std::pair<std::string, std::string>;  // feed and town
  std::map<Feed, std::vector<StoredRevision>> logs;  // by revision
  std::map<Feed, int64_t> heads;                     // feed.last_revision
  std::map<Feed, int64_t> applied;                   // of reporting
  std::map<RecordKey, int64_t> current;              // revision of the current row
  std::map<RecordKey, std::string> activity_rows;    // the searchable columns: "kind date village 'title'"
  Cells cells;
};

// Throws pqxx's exceptions.
Stored ReadStored(const std::string& owner_dsn);

}  // namespace zhenhui::faults
