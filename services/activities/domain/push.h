#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/reason.h"
#include "common/time/clock.h"
#include "services/activities/domain/activity.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/places.h"
#include "services/activities/domain/repository.h"

namespace zhenhui::activities {

inline constexpr size_t kMaxBatch = 1000;

struct PushBatch {
  std::string township;  // 9 digits
  std::vector<Draft> records;
  bool all_or_nothing = false;
  bool validate_only = false;
  std::string reason;
  std::string by;  // the caller's subject
};

enum class Outcome { kCreated, kUpdated, kUnchanged, kRefused, kNotAttempted };

struct RecordOutcome {
  Outcome outcome = Outcome::kRefused;
  int64_t revision = 0;                    // that holds this content; 0 when nothing is stored
  std::vector<FieldViolation> violations;  // why it was refused
};

struct PushResult {
  std::vector<std::string> ids;         // of the records, in order
  std::vector<RecordOutcome> outcomes;  // one for each record, in order
  int64_t head = 0;                     // the township's revision that includes the batch
};

// Stores batches of a town's records. A record's fault is an outcome and never an error. Reasons of outcomes:
// those of CheckActivity, DUPLICATE_IN_BATCH, ID_IN_USE (other content under a used id, no etag),
// ETAG_MISMATCH, ACTIVITY_DELETED (it was deleted; its etag restores it), REASON_MISSING (a correction
// without a reason), MONTH_CONFIRMED (a new record, without a reason, in a month that is confirmed).
// Thread-safe; what it is made of must outlive it.
class PushUseCase {
 public:
  PushUseCase(ActivityRepository& repository, PlaceRegister& places, const KindCatalogue& catalogue,
              const Clock& clock)
      : repository_(repository), places_(places), catalogue_(catalogue), clock_(clock) {}

  // Errors, with nothing stored: INVALID_ARGUMENT (BATCH_TOO_LARGE, BATCH_EMPTY, a bad reason's text), those
  // of the place register and of the repository. After UNKNOWN (COMMIT_UNKNOWN) the batch may be stored: send
  // it again.
  absl::StatusOr<PushResult> Push(PushBatch batch, absl::Time deadline);

 private:
  absl::Status CheckAll(PushBatch& batch, std::vector<std::vector<FieldViolation>>& violations,
                        absl::Time deadline);

  ActivityRepository& repository_;
  PlaceRegister& places_;
  const KindCatalogue& catalogue_;
  const Clock& clock_;
};

// The rule for one record that is in order by itself: what becomes of it, given what is stored under its id
// and whether the month of its date is confirmed. Corrections need a reason in every month. An outcome
// kCreated or kUpdated has no revision yet.
RecordOutcome DecideRecord(const Draft& draft, bool has_reason, const std::optional<StoredActivity>& existing,
                           bool month_confirmed);

}  // namespace zhenhui::activities
