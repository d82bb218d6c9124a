#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "gateway/transcoding/plan.h"

namespace zhenhui::gateway::transcoding {

// Appends the proto3 JSON of a serialised message to `out`: in one pass over its bytes, without building the
// message. Fields at their type's default are left out, as protobuf does by default. INTERNAL, reason
// ANSWER_MALFORMED, if the bytes are no such message (also: text that is no UTF-8, a date outside of years 1
// to 9999, more than 100 levels); `out` is then as before.
//
// Wire bytes may say a thing twice (the last counts), split a list or a submessage, or set two members of a
// oneof. No serialiser writes such bytes; where they occur, the message is built and serialised anew, and
// written from there.
absl::Status AppendJson(const Plans& plans, const MessagePlan& plan, std::string_view message,
                        std::string* out);

// Appends the JSON of one field of a serialised message, and not of the others, as google.api.http's
// response_body wants it; a field that is absent as its default ({}, [], "", 0).
absl::Status AppendFieldJson(const Plans& plans, const MessagePlan& plan, const pb::FieldDescriptor& field,
                             std::string_view message, std::string* out);

}  // namespace zhenhui::gateway::transcoding
