#pragma once

#include <exception>
#include <string_view>
#include <type_traits>
#include <utility>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "common/auth/policy.h"
#include "common/exec/executor.h"
#include "common/rpc/call.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::rpc {

// Runs `work(call)` and puts its answer into `out`. `work` returns absl::StatusOr<Response>, or absl::Status
// after it has filled *out itself. An exception becomes INTERNAL: it must not take the process down.
template <typename Response, typename Work>
absl::Status Answer(const Call& call, Response* out, Work& work) {
  try {
    auto result = work(call);
    if constexpr (std::is_same_v<decltype(result), absl::Status>) {
      return result;
    } else {
      if (result.ok()) *out = *std::move(result);
      return result.status();
    }
  } catch (const std::exception& e) {
    return UnexpectedException(call.request_id, e.what());
  }
}

// A whole unary handler whose work may block: authenticates at once, works on `executor`, finishes the call.
// The request outlives the work, because gRPC keeps it until Finish. A full queue answers QUEUE_FULL; a call
// that was cancelled or whose deadline passed in the queue is not worked on.
//   return Unary(context, authenticator_, kMethod, executor_, response,
//                [this, request](const Call& call) { return GetTownship(call, *request); });
template <typename Response, typename Work>
grpc::ServerUnaryReactor* Unary(grpc::CallbackServerContext* context,
                                const auth::Authenticator& authenticator, std::string_view method,
                                Executor& executor, Response* out, Work work) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<Call> call = BeginCall(context, authenticator, method);
  if (!call.ok()) {
    reactor->Finish(ToGrpc(call.status()));
    return reactor;
  }
  const bool queued =
      executor.TrySubmit([context, reactor, out, call = *std::move(call), work = std::move(work)]() mutable {
        if (context->IsCancelled()) return reactor->Finish(grpc::Status::CANCELLED);
        if (call.deadline <= absl::Now()) return reactor->Finish(ToGrpc(ExpiredInQueue()));
        reactor->Finish(ToGrpc(Answer(call, out, work)));  // context, request and out die after this line
      });
  if (!queued) reactor->Finish(ToGrpc(QueueFull()));
  return reactor;
}

// The same for work that only reads memory and takes microseconds: answers on gRPC's own thread. Never block
// here.
template <typename Response, typename Work>
grpc::ServerUnaryReactor* UnaryInline(grpc::CallbackServerContext* context,
                                      const auth::Authenticator& authenticator, std::string_view method,
                                      Response* out, Work work) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  absl::StatusOr<Call> call = BeginCall(context, authenticator, method);
  reactor->Finish(ToGrpc(call.ok() ? Answer(*call, out, work) : call.status()));
  return reactor;
}

}  // namespace zhenhui::rpc
