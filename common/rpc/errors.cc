#include "common/rpc/errors.h"

#include "common/log/log.h"
#include "common/status/reason.h"

namespace zhenhui::rpc {

absl::Status QueueFull() {
  return WithRetryDelay(
      Error(absl::StatusCode::kResourceExhausted, "QUEUE_FULL",
            "the server has too much work waiting; send the same call again after the retry delay"),
      kQueueFullRetry);
}

absl::Status ExpiredInQueue() {
  return Error(absl::StatusCode::kDeadlineExceeded, "DEADLINE_TOO_SHORT",
               "the call's deadline passed before its work could begin; nothing was changed");
}

absl::Status TokenExpired() {
  return Error(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED",
               "the token has expired; connect again with a new one, from where the stream ended");
}

absl::Status MessageMalformed() {
  return Error(absl::StatusCode::kInvalidArgument, "MESSAGE_MALFORMED",
               "the message cannot be read: it is not of this type, or a text in it is no valid UTF-8");
}

absl::Status UnexpectedException(std::string_view request_id, std::string_view what) {
  log::Error("a handler threw an exception", {{"request_id", request_id}, {"what", what}});
  return Error(absl::StatusCode::kInternal, "INTERNAL",
               "an internal error happened; the server's log has more under this call's request id");
}

}  // namespace zhenhui::rpc
