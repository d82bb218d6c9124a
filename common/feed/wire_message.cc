#include "common/feed/wire_message.h"

#include <utility>

namespace zhenhui::feed {
namespace {

constexpr uint64_t kVarint = 0;
constexpr uint64_t kLengthDelimited = 2;

void AppendVarint(uint64_t value, std::string* out) {
  for (; value >= 0x80; value >>= 7) out->push_back(static_cast<char>(value | 0x80));
  out->push_back(static_cast<char>(value));
}

}  // namespace

void AppendNumber(int field, int64_t number, std::string* out) {
  AppendVarint(static_cast<uint64_t>(field) << 3 | kVarint, out);
  AppendVarint(static_cast<uint64_t>(number), out);
}

void AppendBytes(int field, std::string_view bytes, std::string* out) {
  AppendVarint(static_cast<uint64_t>(field) << 3 | kLengthDelimited, out);
  AppendVarint(bytes.size(), out);
  out->append(bytes);
}

grpc::ByteBuffer ToByteBuffer(std::string message) {
  auto* kept = new std::string(std::move(message));
  const grpc::Slice slice(
      kept->data(), kept->size(), [](void* owned) { delete static_cast<std::string*>(owned); }, kept);
  return grpc::ByteBuffer(&slice, 1);
}

}  // namespace zhenhui::feed
