#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/transcoding/plan.h"

namespace zhenhui::gateway::transcoding {

// Appends the JSON of a serialised Timestamp, Duration, FieldMask, Struct, Value or ListValue (the other
// shapes are the writer's). False if the bytes are no such message, or hold a value that has no JSON form.
bool AppendWellKnown(Shape shape, std::string_view bytes, std::string* out);

// The serialised Timestamp ("2024-03-05T01:02:03.5Z"), Duration ("1.5s") or FieldMask ("displayName,a.b";
// snake_case too) that a text stands for. Nothing if it is malformed or `shape` is another one.
std::optional<std::string> WellKnownFromText(Shape shape, std::string_view text);

}  // namespace zhenhui::gateway::transcoding
