#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "common/time/date.h"

namespace zhenhui::activities {

enum class ActivityState { kActive, kDeleted };

struct MeasureAmount {
  std::string code;
  int64_t value = 0;

  friend bool operator==(const MeasureAmount&, const MeasureAmount&) = default;
};

struct Evidence {
  std::string uri;
  std::string description;

  friend bool operator==(const Evidence&, const Evidence&) = default;
};

// The content of one activity: what a town says was done. See activity.proto for units and limits.
struct Activity {
  std::string id;
  std::string kind;
  Date date;
  std::string village;  // 12 digits; empty is the town as a whole
  std::string title;
  std::vector<std::string> audiences;
  std::vector<std::string> channels;
  std::vector<std::string> partners;
  std::vector<MeasureAmount> measures;  // canonical: by code, without repeats, `occurrences` always given
  std::vector<Evidence> evidence;
  std::string note;
  std::vector<std::string> roster_entries;  // ids of who took part; the register need not hold them
  ActivityState state = ActivityState::kActive;
};

// Sorts the measures and writes the default of `occurrences` out. The other lists keep the order that they
// were given in.
void Canonicalise(Activity& activity);

// Whether two canonical activities say the same. Audiences, channels and roster entries are sets: their
// order does not matter.
bool SameContent(const Activity& a, const Activity& b);

// A client's record: content that is not yet checked. CheckActivity reads `date_text` into `content.date`.
struct Draft {
  Activity content;
  std::string date_text;
  std::string etag;             // empty: the client has not seen the record
  std::string malformed_field;  // not empty: this field was no valid UTF-8, and the content could not be read
};

// One revision of an activity as it is stored.
struct StoredActivity {
  Activity content;
  int64_t revision = 0;
  absl::Time update_time;
  std::string updated_by;
  std::string reason;
};

// What a client gives back to say which revision it has seen.
std::string EtagOf(int64_t revision);

// A town's declaration that a month is complete.
struct MonthConfirmation {
  absl::CivilMonth month;
  std::string note;
  int64_t revision = 0;
  absl::Time confirm_time;
  std::string confirmed_by;
  Date due_date;      // last day to confirm in time, inclusive, by the district's rule of then
  bool late = false;  // confirmed after it
};

}  // namespace zhenhui::activities
