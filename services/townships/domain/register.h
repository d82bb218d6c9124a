#pragma once
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/reason.h"
#include "services/townships/domain/records.h"
#include "services/townships/domain/repository.h"

namespace zhenhui::townships {

// What became of one record of an import.
enum class Outcome { kCreated, kUpdated, kUnchanged, kRefused };

struct ImportItem {
  Record record;
  std::string etag;  // marks a correction of a record that exists
  std::vector<FieldViolation>
      violations;  // found while the record was read; it is refused when there are any
};

struct ImportResult {
  std::string id;
  Outcome outcome = Outcome::kRefused;
  int64_t revision = 0;  // that holds the content; 0 when nothing is stored
  std::vector<FieldViolation> violations;
};

struct ImportReport {
  std::vector<ImportResult> results;              // in the order of the items
  std::map<std::string, int64_t> last_revisions;  // of the townships that were looked at, by code
};

// Who writes, why and until when.
struct WriteContext {
  std::string by;
  std::string reason;
  absl::Time deadline;
};

// The rules of writing to the register. Thread-safe; calls block.
class Register {
 public:
  explicit Register(Repository& repository) : repository_(repository) {}

  // Creates or corrects records of one type, each township in one transaction. Safe to repeat: the same
  // content is unchanged; other content under an id in use needs the etag (ID_IN_USE, ETAG_MISMATCH) and a
  // reason (REASON_MISSING). Also refused: TOWNSHIP_NOT_FOUND, VILLAGE_NOT_FOUND, DUPLICATE_IN_BATCH. The
  // error of one township's transaction ends the import; what was committed before stays.
  absl::StatusOr<ImportReport> Import(std::vector<ImportItem> items, bool validate_only,
                                      const WriteContext& context);

  // Creates one record. ALREADY_EXISTS, reason TOWNSHIP_EXISTS ..., when its id is in use, even with this
  // content.
  absl::StatusOr<Stored> Create(Record record, const WriteContext& context);

  // Changes one record: `change` is given what exists. An empty `etag` is no precondition; ABORTED,
  // ETAG_MISMATCH. Unchanged content makes no revision. With `create` a missing record is created from it
  // instead of NOT_FOUND.
  using Change = std::function<absl::StatusOr<Record>(const Record& existing)>;
  absl::StatusOr<Stored> Update(const std::string& township, RecordType type, const std::string& id,
                                const std::string& etag, Change change, const WriteContext& context,
                                const Record* create = nullptr);

  // Districts likewise. ALREADY_EXISTS: DISTRICT_EXISTS.
  absl::StatusOr<StoredDistrict> CreateDistrict(const District& district, absl::Time deadline);
  using DistrictChange = std::function<absl::StatusOr<District>(const District& existing)>;
  absl::StatusOr<StoredDistrict> UpdateDistrict(const std::string& code, const std::string& etag,
                                                DistrictChange change, absl::Time deadline);

 private:
  // What a record refers to and does not find.
  absl::StatusOr<std::vector<FieldViolation>> CheckReferences(const Record& record, absl::Time deadline);
  absl::Status ImportTownship(const std::string& township, const std::vector<ImportItem>& items,
                              const std::vector<size_t>& indexes, bool validate_only,
                              const WriteContext& context, ImportReport& report);

  Repository& repository_;
};

}  // namespace zhenhui::townships
