#pragma once
#include <vector>

#include <grpcpp/grpcpp.h>

#include "services/reporting/wire/wire_writer.h"

// Between the bytes of a method that is registered raw and its messages.
namespace zhenhui::reporting {

// False if the bytes are no such message.
template <typename Message>
bool ParseBytes(const grpc::ByteBuffer& bytes, Message* message) {
  grpc::Slice slice;
  if (bytes.TrySingleSlice(&slice).ok())  // as nearly always
    return message->ParseFromArray(slice.begin(), static_cast<int>(slice.size()));
  grpc::ByteBuffer copy(bytes);  // parsing consumes it
  return grpc::SerializationTraits<Message>::Deserialize(&copy, message).ok();
}

// What was written, without copying it.
inline grpc::ByteBuffer TakeBytes(WireWriter writer) {
  const std::string_view bytes = writer.bytes();
  const auto free = [](void* buffer) { delete[] static_cast<char*>(buffer); };
  const grpc::Slice slice(const_cast<char*>(bytes.data()), bytes.size(), free, writer.Release().release());
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace zhenhui::reporting
