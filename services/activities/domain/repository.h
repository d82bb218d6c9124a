#pragma once
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "services/activities/domain/activity.h"
#include "services/activities/domain/query.h"

namespace zhenhui::activities {

// One revision that a decision asks for.
struct PlannedWrite {
  const Activity* content = nullptr;  // canonical; lives until the write returns
  size_t index = 0;                   // of its id among those that were looked up
  bool keep_reason = false;           // of a new record: store the reason with it all the same
};

// Who writes, when and why. The reason is stored with corrections and deletions, and with new records
// only where the plan says so.
struct WriteStamp {
  std::string by;
  absl::Time at;
  std::string reason;
};

struct ListPage {
  std::vector<StoredActivity> activities;  // in the order of the query
  int64_t read_revision = 0;               // at which the page was read
  std::optional<ListPosition> next;        // where the next page goes on, exclusive; nothing: it was the last
};

struct ConfirmedMonth {
  MonthConfirmation confirmation;
  int64_t head = 0;  // the township's newest revision afterwards
};

// One month of one town, from its current rows.
struct MonthSummary {
  std::string township;
  absl::CivilMonth month;
  int64_t activities = 0;                         // that are not deleted
  int64_t changed_after_confirmation = 0;         // of them, with a revision newer than the confirmation's
  int32_t villages_active = 0;                    // with at least one of them
  std::optional<MonthConfirmation> confirmation;  // nothing: not confirmed
};

// Keeps activities and month confirmations; each township's writes form one gap-free sequence of revisions 1,
// 2, 3 ... Thread-safe; all methods may block, until `deadline` at most. `township` is a 9-digit code; ids
// are checked. Errors of all methods: those of common/db/sql_error.h.
class ActivityRepository {
 public:
  virtual ~ActivityRepository() = default;

  // What a decision sees, as of one moment: what is stored under each of the ids that were asked for, in
  // their order, nothing where there is nothing; and the months that are confirmed.
  struct Existing {
    std::span<const std::optional<StoredActivity>> records;
    const std::set<absl::CivilMonth>& confirmed;

    const std::optional<StoredActivity>& operator[](size_t i) const { return records[i]; }
    size_t size() const { return records.size(); }
  };
  // Says what to write. Pure: it may be called again with other records when a transaction has to run again.
  // An error ends the write, and nothing is stored. Nothing to write is no error.
  using Decide =
      absl::FunctionRef<absl::StatusOr<std::vector<PlannedWrite>>(Existing existing, int64_t head)>;

  // Looks the ids (without repeats) up, decides and writes, in one transaction that the township's other
  // writers wait for. The revisions are `head` + 1, + 2 ... in the order of the plan; when this returns OK
  // they are durable. Returns the new head.
  virtual absl::StatusOr<int64_t> Write(std::string_view township, std::span<const std::string> ids,
                                        Decide decide, const WriteStamp& stamp, absl::Time deadline) = 0;

  // Looks up and decides likewise, and writes nothing. Returns the head.
  virtual absl::StatusOr<int64_t> Inspect(std::string_view township, std::span<const std::string> ids,
                                          Decide decide, absl::Time deadline) = 0;

  // Deleted ones too. NOT_FOUND, ACTIVITY_NOT_FOUND.
  virtual absl::StatusOr<StoredActivity> Get(std::string_view township, const std::string& id,
                                             absl::Time deadline) = 0;

  // At most `limit` (>= 1) after `after`. OUT_OF_RANGE when read_revision lies ahead of the feed
  // (CURSOR_AHEAD) or before what is kept (CURSOR_TOO_OLD).
  virtual absl::StatusOr<ListPage> List(std::string_view township, const ActivityQuery& query,
                                        const std::optional<ListPosition>& after, size_t limit,
                                        absl::Time deadline) = 0;

  // Newest first, at most `limit`, from the newest one older than `before` on; 0 is from the newest.
  // NOT_FOUND, ACTIVITY_NOT_FOUND, when there is no such activity.
  virtual absl::StatusOr<std::vector<StoredActivity>> History(std::string_view township,
                                                              const std::string& id, int64_t before,
                                                              size_t limit, absl::Time deadline) = 0;

  // Stores month, note, due date and `late` of `confirmation`, with the stamp's time and person. A month that
  // is confirmed already stays as it is.
  virtual absl::StatusOr<ConfirmedMonth> Confirm(std::string_view township,
                                                 const MonthConfirmation& confirmation,
                                                 const WriteStamp& stamp, absl::Time deadline) = 0;

  // By month; `year` 0 is all.
  virtual absl::StatusOr<std::vector<MonthConfirmation>> ListMonths(std::string_view township, int year,
                                                                    absl::Time deadline) = 0;

  // What stands in each month of the year of the townships whose code begins with `prefix`: months with an
  // activity or a confirmation, by township and month.
  virtual absl::StatusOr<std::vector<MonthSummary>> SummariseMonths(std::string_view prefix, int year,
                                                                    absl::Time deadline) = 0;

  // The newest revision that was stored at or before `time`; 0 when there was none.
  virtual absl::StatusOr<int64_t> RevisionAt(std::string_view township, absl::Time time,
                                             absl::Time deadline) = 0;
};

// The NOT_FOUND error of Get and History.
absl::Status ActivityNotFound(const std::string& id);

}  // namespace zhenhui::activities
