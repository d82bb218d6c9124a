#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "gateway/transcoding/schema.h"

namespace zhenhui::gateway::transcoding {

// Objects and lists inside each other, at most.
inline constexpr int kMaxJsonLevels = 100;
// Violations that one answer tells of, at most.
inline constexpr size_t kMaxViolations = 20;

// Fills an empty message from proto3 JSON: fields by JSON name or proto name, 64-bit integers as strings or
// numbers, enums by name or number, bytes in either base64 alphabet, null for absent. Refused, as
// INVALID_ARGUMENT with a violation for each fault: FIELD_UNKNOWN, FIELD_MALFORMED, FIELD_REPEATED (a member
// twice, also under both names, or two members of a oneof). Faults of the text itself: BODY_MALFORMED with
// the position of the byte, BODY_TOO_DEEP.
absl::Status ReadJson(std::string_view text, pb::Message* message);

// The same for a body that is one field of the message: an object, list or plain value.
absl::Status ReadJsonField(std::string_view text, const pb::FieldDescriptor& field, pb::Message* message);

}  // namespace zhenhui::gateway::transcoding
