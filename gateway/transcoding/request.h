#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gateway/transcoding/route.h"

namespace zhenhui::gateway::transcoding {

// Query parameters of one call, at most.
inline constexpr size_t kMaxParameters = 1000;

// The serialised request for a route: from the values of the path's variables (decoded, in their order), the
// query (still percent-encoded, without '?') and the body (JSON; an empty one is {}).
//
// - Query parameters name fields by proto or JSON names with dots; a list is the parameter several times. Not
// those that
//   the path or the body gives; none at all where the body is the whole request.
// - A field that the path gives may also stand in the body, with the same value.
//
// INVALID_ARGUMENT with a violation for each fault: PARAMETER_UNKNOWN, PARAMETER_MALFORMED,
// PARAMETER_REPEATED (not a list), PARAMETER_NOT_ALLOWED, PATH_MALFORMED, PATH_BODY_CONFLICT, and those of
// ReadJson. Without fields: QUERY_MALFORMED (broken percent-encoding, NUL, no UTF-8), TOO_MANY_PARAMETERS,
// BODY_NOT_ALLOWED.
absl::StatusOr<std::string> MakeRequest(const Route& route, const std::vector<std::string>& path_values,
                                        std::string_view query, std::string_view body);

}  // namespace zhenhui::gateway::transcoding
