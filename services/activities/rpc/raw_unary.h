#pragma once
#include <string_view>
#include <utility>

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "absl/status/status.h"
#include "common/rpc/unary.h"

namespace zhenhui::activities {

// rpc::Unary for a method that is registered raw. `parse` makes an absl::StatusOr<Request> of the bytes;
// `work(call, request, response)` returns absl::Status. Both run on `executor`.
template <typename Response, typename Parse, typename Work>
grpc::ServerUnaryReactor* RawUnary(grpc::CallbackServerContext* context,
                                   const auth::Authenticator& authenticator, std::string_view method,
                                   Executor& executor, const grpc::ByteBuffer* in, grpc::ByteBuffer* out,
                                   Parse parse, Work work) {
  return rpc::Unary(
      context, authenticator, method, executor, out,
      [in, out, parse = std::move(parse), work = std::move(work)](const rpc::Call& call) -> absl::Status {
        auto request = parse(*in);
        if (!request.ok()) return request.status();
        Response response;
        absl::Status status = work(call, *request, response);
        if (!status.ok()) return status;
        bool own_buffer = false;
        const grpc::Status sent = grpc::SerializationTraits<Response>::Serialize(response, out, &own_buffer);
        return sent.ok() ? absl::OkStatus() : absl::InternalError("cannot write the answer");
      });
}

}  // namespace zhenhui::activities
