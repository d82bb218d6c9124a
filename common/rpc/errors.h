#pragma once

#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"

// The errors that the RPC layer itself makes.
namespace zhenhui::rpc {

inline constexpr absl::Duration kQueueFullRetry = absl::Milliseconds(200);

// RESOURCE_EXHAUSTED, reason QUEUE_FULL, with a retry delay of kQueueFullRetry.
absl::Status QueueFull();

// DEADLINE_EXCEEDED, reason DEADLINE_TOO_SHORT: the call's time ran out before its work began.
absl::Status ExpiredInQueue();

// UNAUTHENTICATED, reason TOKEN_EXPIRED: the token died while its stream was open.
absl::Status TokenExpired();

// INVALID_ARGUMENT, reason MESSAGE_MALFORMED: the request is not of its type, or a text in it is no UTF-8.
absl::Status MessageMalformed();

// INTERNAL, reason INTERNAL. `what` goes to the log and not to the caller.
absl::Status UnexpectedException(std::string_view request_id, std::string_view what);

}  // namespace zhenhui::rpc
