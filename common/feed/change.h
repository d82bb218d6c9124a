#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"

// What a township's feed is made of. Records are opaque bytes here: each service stores its own serialised
// content.
namespace zhenhui::feed {

// One revision that a transaction is about to write. Its number is given by the log.
struct NewRevision {
  int16_t record_type = 0;     // the service's own numbers, >= 1
  std::string record_id = {};  // unique within township and record_type
  int64_t previous_revision =
      0;                    // the revision of the same record that this one replaces; 0: the record is new
  std::string record = {};  // the whole new content; a deletion is a content too
  std::string reason = {};  // why it was corrected; may be empty
  std::string by = {};      // subject of the caller's token
  absl::Time at = {};       // stored in microseconds
  // The content of previous_revision, when the writer has it at hand: live followers are then served from
  // memory. Not stored a second time.
  std::optional<std::string> previous = std::nullopt;
};

// One revision as it was committed.
struct StoredChange {
  int64_t revision = 0;  // 1 more than the change before it in the same township
  int16_t record_type = 0;
  std::string record_id = {};
  int64_t previous_revision = 0;
  std::string record = {};
  std::optional<std::string> previous;  // the content of previous_revision; absent when that is 0
  std::string reason = {};
  std::string by = {};
  absl::Time at = {};

  friend bool operator==(const StoredChange&, const StoredChange&) = default;
};

using SharedChange = std::shared_ptr<const StoredChange>;
using SharedChanges = std::vector<SharedChange>;

// How far one township's feed reaches.
struct Head {
  std::string township = {};  // division code, 9 digits
  int64_t last_revision = 0;  // 0: nothing was written yet
  int64_t first_kept =
      1;  // the first revision whose change can still be read; cursors >= first_kept - 1 are good

  friend bool operator==(const Head&, const Head&) = default;
};

// The division code of a township's resource name: "townships/630106101" -> "630106101"; empty if it is none.
// And back.
std::string TownshipOfName(const std::string& name);
std::string NameOfTownship(const std::string& township);

}  // namespace zhenhui::feed
