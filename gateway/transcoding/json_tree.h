#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "absl/status/statusor.h"
#include "gateway/transcoding/schema.h"

namespace zhenhui::gateway::transcoding {

// Parses a JSON text. INVALID_ARGUMENT: BODY_MALFORMED with the position of the first wrong byte,
// BODY_TOO_DEEP, FIELD_REPEATED for a member that an object has twice.
absl::StatusOr<nlohmann::json> ParseTree(std::string_view text);

// The serialised google.protobuf.Struct, Value or ListValue (which one, says `type`). Nothing if the tree is
// of another form.
std::optional<std::string> TreeToStruct(const pb::Descriptor& type, const nlohmann::json& tree);

// The serialised Timestamp, Duration or FieldMask.
std::optional<std::string> TextToWellKnown(const pb::Descriptor& type, std::string_view text);

}  // namespace zhenhui::gateway::transcoding
