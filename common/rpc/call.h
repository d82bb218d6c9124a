#pragma once

#include <string>
#include <string_view>

#include <grpcpp/server_context.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/claims.h"
#include "common/auth/policy.h"
#include "common/rpc/call_log.h"

namespace zhenhui::rpc {

inline constexpr char kRequestIdHeader[] = "x-request-id";
inline constexpr char kAuthorizationHeader[] = "authorization";

// The longest that a unary call may work, whatever the client allows. Streams pass absl::InfiniteDuration().
inline constexpr absl::Duration kLongestUnary = absl::Seconds(30);

// Who calls, until when, and the id under which the logs of all processes tell of it.
struct Call {
  std::string request_id;
  absl::Time deadline;  // the client's, capped
  auth::Claims claims;
};

// The first step of every handler. Checks token and role for `method` ("/package.Service/Method"); the scope
// is checked later, when the handler knows the place. Takes the request id from the metadata (1 to 64
// letters, digits, '-', '_' or '.') and sends it back in the initial metadata; a caller who sends none gets a
// new one in the trailing metadata of a call that fails. Both also when it refuses. UNAUTHENTICATED or
// PERMISSION_DENIED with the reasons of auth::Authenticator. `end`: of a method that records its calls
// itself; it is told the id, and tells it where the call fails.
absl::StatusOr<Call> BeginCall(grpc::CallbackServerContext* context, const auth::Authenticator& authenticator,
                               std::string_view method, absl::Duration longest = kLongestUnary,
                               CallEnd* end = nullptr);

}  // namespace zhenhui::rpc
