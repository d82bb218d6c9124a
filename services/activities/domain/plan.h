#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/clock.h"
#include "services/activities/domain/places.h"
#include "services/activities/domain/push.h"
#include "services/activities/domain/target_repository.h"

namespace zhenhui::activities {

inline constexpr size_t kMaxTargets = 1000;

struct TargetImport {
  std::string township;  // 9 digits
  std::vector<TargetDraft> targets;
  std::string reason;
  bool validate_only = false;
  std::string by;  // the caller's subject
};

// Imports and withdraws targets. A target's fault is an outcome and never an error. Reasons of outcomes:
// those of CheckTarget, DUPLICATE_IN_BATCH, TARGET_EXISTS (other content is stored, and no reason is given).
// Thread-safe; what it is made of must outlive it.
class PlanUseCase {
 public:
  PlanUseCase(TargetRepository& repository, PlaceRegister& places, const Clock& clock)
      : repository_(repository), places_(places), clock_(clock) {}

  // In one transaction. A withdrawn target comes back like a new one. Errors, with nothing stored:
  // INVALID_ARGUMENT (BATCH_TOO_LARGE, BATCH_EMPTY, a bad reason's text), those of the place register
  // (TOWNSHIP_NOT_FOUND) and of the repository.
  absl::StatusOr<PushResult> Import(TargetImport import, absl::Time deadline);

  // `id` as TargetId gives it. Returns the head. NOT_FOUND, TARGET_NOT_FOUND; INVALID_ARGUMENT,
  // REASON_MISSING. Withdrawing again changes nothing.
  absl::StatusOr<int64_t> Withdraw(std::string_view township, const std::string& id,
                                   const std::string& reason, const std::string& by, absl::Time deadline);

 private:
  TargetRepository& repository_;
  PlaceRegister& places_;
  const Clock& clock_;
};

// What becomes of one target that is in order by itself. kCreated and kUpdated have no revision yet.
RecordOutcome DecideTarget(const Target& target, bool has_reason,
                           const std::optional<StoredTarget>& existing);

}  // namespace zhenhui::activities
