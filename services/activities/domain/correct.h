#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/activities/domain/activity.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/places.h"
#include "services/activities/domain/repository.h"

namespace zhenhui::activities {

struct Corrected {
  StoredActivity activity;
  int64_t head = 0;  // the township's newest revision afterwards
};

struct Correction {
  std::string township;
  Draft draft;                     // `etag`, when given, must match
  std::vector<std::string> paths;  // fields to take from the draft; empty: all that are settable
  std::string reason;
  std::string by;
};

struct Deletion {
  std::string township;
  std::string id;
  std::string etag;  // when given, must match
  std::string reason;
  std::string by;
};

// Corrects and deletes single activities, and confirms months. Thread-safe; what it is made of must outlive
// it. Errors of Update and Delete: NOT_FOUND (ACTIVITY_NOT_FOUND), ABORTED (ETAG_MISMATCH), INVALID_ARGUMENT
// with violations (REASON_MISSING, MASK_PATH_UNKNOWN, those of CheckActivity), those of the register and the
// repository.
class CorrectUseCase {
 public:
  CorrectUseCase(ActivityRepository& repository, PlaceRegister& places, const KindCatalogue& catalogue,
                 const Clock& clock)
      : repository_(repository), places_(places), catalogue_(catalogue), clock_(clock) {}

  // Unchanged content makes no revision. A deleted activity: FAILED_PRECONDITION, ACTIVITY_DELETED, unless
  // the etag is given and matches; then it is restored.
  absl::StatusOr<Corrected> Update(Correction correction, absl::Time deadline);

  // Deleting a deleted one changes nothing.
  absl::StatusOr<Corrected> Delete(const Deletion& deletion, absl::Time deadline);

  // See CheckMonth for the errors.
  absl::StatusOr<ConfirmedMonth> ConfirmMonth(std::string_view township, std::string_view month,
                                              const std::string& note, const std::string& by,
                                              absl::Time deadline);

 private:
  using Change = absl::FunctionRef<absl::StatusOr<Activity>(const StoredActivity& existing)>;
  absl::StatusOr<Corrected> Rewrite(std::string_view township, const std::string& id, Change change,
                                    WriteStamp stamp, absl::Time deadline);

  ActivityRepository& repository_;
  PlaceRegister& places_;
  const KindCatalogue& catalogue_;
  const Clock& clock_;
};

// `existing` with the fields of `paths` taken from `draft`: "title", "measures" (all), "measures.cases" (one;
// removed when the draft does not have it). Empty paths, or "*": all settable fields. INVALID_ARGUMENT,
// MASK_PATH_UNKNOWN.
absl::StatusOr<Draft> ApplyMask(const Activity& existing, const Draft& draft,
                                const std::vector<std::string>& paths);

}  // namespace zhenhui::activities
