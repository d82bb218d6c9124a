#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "absl/status/statusor.h"
#include "common/rpc/errors.h"

// Messages put together from bytes that are stored as they are sent, without parsing and encoding them again:
// most of what a feed's stream would otherwise do. Methods that send them are registered raw.
namespace zhenhui::feed {

// Each appends one field of protobuf's wire format. Fields may come in any order; of a field that is not
// repeated a reader takes the last.
void AppendNumber(int field, int64_t number, std::string* out);
void AppendBytes(int field, std::string_view bytes, std::string* out);

// Without copying.
grpc::ByteBuffer ToByteBuffer(std::string message);

// The request of a method that is registered raw. INVALID_ARGUMENT, rpc::MessageMalformed.
template <typename Request>
absl::StatusOr<Request> ParseRequest(const grpc::ByteBuffer& bytes) {
  grpc::ByteBuffer copy = bytes;  // shares the slices; the reader wants a buffer that it may change
  Request request;
  if (!grpc::SerializationTraits<Request>::Deserialize(&copy, &request).ok()) return rpc::MessageMalformed();
  return request;
}

}  // namespace zhenhui::feed
