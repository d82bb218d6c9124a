#pragma once
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace zhenhui::reporting {

// A town's written explanation of an alarm.
struct AlarmExplanation {
  std::string township;  // 9 digits
  std::string alarm;     // Alarm::id
  int year = 0;
  std::string fingerprint;  // FingerprintOf what is explained
  std::string text;
  std::string by;
  absl::Time at;
};

// Keeps explanations; nothing is ever overwritten. Thread-safe; blocks until `deadline` at most. Errors:
// those of common/db/sql_error.h.
class AlarmStore {
 public:
  virtual ~AlarmStore() = default;

  virtual absl::Status Add(const AlarmExplanation& explanation, absl::Time deadline) = 0;

  // The newest explanation of each alarm of these townships in a year that was given at `until` or before, in
  // no order.
  virtual absl::StatusOr<std::vector<AlarmExplanation>> Newest(const std::vector<std::string>& townships,
                                                               int year, absl::Time until,
                                                               absl::Time deadline) = 0;
};

}  // namespace zhenhui::reporting
