#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

// Errors with a stable reason code that a program can switch on. What is attached travels as payloads of
// absl::Status in an own compact form, so that the domain needs no protobuf; common/rpc translates it to
// google.rpc details. All functions are thread-safe. The writers do nothing to an OK status; the readers find
// nothing on one.
namespace zhenhui {

// What is wrong with one field of a request.
struct FieldViolation {
  std::string field;        // path from the request: "activities[3].date"
  std::string reason;       // UPPER_SNAKE: "DATE_IN_FUTURE"
  std::string description;  // one sentence for a person

  friend bool operator==(const FieldViolation&, const FieldViolation&) = default;
};

// The reason of InvalidFields when several fields are wrong.
inline constexpr std::string_view kFieldViolation = "FIELD_VIOLATION";

// `reason` is UPPER_SNAKE and stable across releases; `message` is a sentence that says what the caller can
// do.
absl::Status Error(absl::StatusCode code, std::string_view reason, std::string_view message);

// INVALID_ARGUMENT that carries all `violations`; OK if there are none. The reason is that of the only
// violation, else FIELD_VIOLATION; the message lists them all.
absl::Status InvalidFields(std::vector<FieldViolation> violations);

// Adds (or replaces) one entry of the error's metadata, such as {"town", "630106101"}.
absl::Status WithMetadata(absl::Status status, std::string_view key, std::string_view value);

// States after which time the caller may try again.
absl::Status WithRetryDelay(absl::Status status, absl::Duration delay);

// The reason code; empty if the status has none.
std::string ReasonOf(const absl::Status& status);
std::vector<FieldViolation> ViolationsOf(const absl::Status& status);
std::map<std::string, std::string> MetadataOf(const absl::Status& status);
std::optional<absl::Duration> RetryDelayOf(const absl::Status& status);

// For translators of foreign errors: sets the reason or the violations of a status that exists.
absl::Status WithReason(absl::Status status, std::string_view reason);
absl::Status WithViolations(absl::Status status, const std::vector<FieldViolation>& violations);

}  // namespace zhenhui
