#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/transcoding/schema.h"

namespace zhenhui::gateway::transcoding {

// A way from a message to one of its fields or of its submessages' fields; never empty.
using FieldPath = std::vector<const pb::FieldDescriptor*>;

// The field of that proto name ("start_date") or JSON name ("startDate"); null if there is none.
const pb::FieldDescriptor* FindField(const pb::Descriptor& type, std::string_view name);

// "scope.townships": every step but the last is a single submessage. Nothing if there is no such way.
std::optional<FieldPath> FindPath(const pb::Descriptor& type, std::string_view path);

// As it is written in messages for people and in violations: by proto names, with dots.
std::string ToString(const FieldPath& path);

// Sets the field at the end of the path (adds, where it is repeated) from a text of a URL: numbers, "true"
// and "false", enums by name or number, bytes in either base64 alphabet with or without padding, Timestamp,
// Duration, FieldMask and wrappers in their JSON form without quotation marks. Nothing on success, else what
// is wrong, as a sentence.
std::optional<std::string> SetFromText(pb::Message& message, const FieldPath& path, std::string_view text);

// The message at the end of all steps but the last, made where it does not exist.
pb::Message& ParentOf(pb::Message& message, const FieldPath& path);

// Numbers as both URLs and JSON strings spell them. Nothing if malformed or out of range.
std::optional<int64_t> IntegerFrom(std::string_view text, int64_t min, int64_t max);
std::optional<uint64_t> UnsignedFrom(std::string_view text, uint64_t max);
std::optional<double> DoubleFrom(std::string_view text);  // also NaN, Infinity, -Infinity
std::optional<std::string> BytesFromBase64(std::string_view text);

// The number of an enum's value from its name or number; numbers that have no name are taken too.
std::optional<int> EnumFrom(const pb::EnumDescriptor& type, std::string_view text);

// Whether URLs can carry values of this field.
bool IsTextual(const pb::FieldDescriptor& field);

}  // namespace zhenhui::gateway::transcoding
