#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/townships/domain/records.h"

namespace zhenhui::townships {

// Which records of one type to list, in ascending order of (township, id).
struct ListQuery {
  RecordType type = RecordType::kTownship;
  std::string township;  // nine digits; or, for townships alone, a district's six
  std::string after;     // id of the last record of the page before; empty is from the start
  size_t limit = 100;
  std::optional<Date> as_of;                   // only those valid on this day
  RosterRole role = RosterRole::kUnspecified;  // unspecified is all
  std::string village;                         // only roster entries that serve it; empty is all
  int64_t read_revision = 0;  // roster entries only: as they stood at this revision; 0 is now
};

// One record to write, with what it replaces.
struct Write {
  Record record;
  int64_t previous_revision = 0;  // 0: it is new
  std::string reason;
};

// The records that exist now under the ids that a writer asked for, by id.
using Existing = std::map<std::string, Stored>;

// Keeps the records, and each township's writes as one gap-free sequence of revisions. Thread-safe; calls
// block. `deadline` limits each call. Errors of every method also: those of the database
// (common/db/sql_error.h).
class Repository {
 public:
  virtual ~Repository() = default;

  // NOT_FOUND, reason DISTRICT_NOT_FOUND.
  virtual absl::StatusOr<StoredDistrict> GetDistrict(const std::string& code, absl::Time deadline) = 0;
  // Those whose code begins with `prefix` (or is a prefix of it), after `after`, by code.
  virtual absl::StatusOr<std::vector<StoredDistrict>> ListDistricts(const std::string& prefix,
                                                                    const std::string& after, size_t limit,
                                                                    absl::Time deadline) = 0;
  // Runs `decide` on the district that exists (or nothing) and stores what it returns. `decide` may run
  // again.
  using DecideDistrict = absl::FunctionRef<absl::StatusOr<District>(const std::optional<StoredDistrict>&)>;
  virtual absl::StatusOr<StoredDistrict> WriteDistrict(const std::string& code, DecideDistrict decide,
                                                       absl::Time deadline) = 0;

  // NOT_FOUND, reasons TOWNSHIP_NOT_FOUND, VILLAGE_NOT_FOUND, POPULATION_NOT_FOUND, ROSTER_ENTRY_NOT_FOUND.
  virtual absl::StatusOr<Stored> Get(const std::string& township, RecordType type, const std::string& id,
                                     absl::Time deadline) = 0;
  virtual absl::StatusOr<std::vector<Stored>> List(const ListQuery& query, absl::Time deadline) = 0;

  // Under the township's lock: reads what exists under `ids` (all of one `type`), runs `decide`, and appends
  // what it returns as the next revisions, in order. Nothing is written when it returns an error or no
  // writes. `decide` is pure, because it may run again. Returns the stored records; `last_revision` is the
  // feed's newest afterwards.
  struct Outcome {
    std::vector<Stored> written;
    int64_t last_revision = 0;
  };
  using Decide = absl::FunctionRef<absl::StatusOr<std::vector<Write>>(const Existing&)>;
  virtual absl::StatusOr<Outcome> WriteRecords(const std::string& township, RecordType type,
                                               const std::vector<std::string>& ids, Decide decide,
                                               const std::string& by, absl::Time deadline) = 0;

  // The newest revision that was stored at or before `time`; 0 when there was none.
  virtual absl::StatusOr<int64_t> RevisionAt(const std::string& township, absl::Time time,
                                             absl::Time deadline) = 0;
};

// The NOT_FOUND error for a record.
absl::Status RecordNotFound(RecordType type, const std::string& id);
absl::Status DistrictNotFound(const std::string& code);

}  // namespace zhenhui::townships
