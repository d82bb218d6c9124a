#include "gateway/transcoding/wire.h"

#include <cstddef>

namespace zhenhui::gateway::transcoding {

bool WireReader::ReadLongVarint(uint64_t* value) {
  uint64_t result = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    if (at_ == end_) return false;
    const auto byte = static_cast<unsigned char>(*at_++);
    // The tenth byte has room for one bit; as protobuf does, the others are dropped.
    if (shift < 64) result |= static_cast<uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) {
      *value = result;
      return true;
    }
  }
  return false;
}

bool WireReader::ReadFixed32(uint64_t* value) {
  if (end_ - at_ < 4) return false;
  *value = 0;
  for (int i = 0; i < 4; ++i) *value |= static_cast<uint64_t>(static_cast<unsigned char>(at_[i])) << (8 * i);
  at_ += 4;
  return true;
}

bool WireReader::ReadFixed64(uint64_t* value) {
  if (end_ - at_ < 8) return false;
  *value = 0;
  for (int i = 0; i < 8; ++i) *value |= static_cast<uint64_t>(static_cast<unsigned char>(at_[i])) << (8 * i);
  at_ += 8;
  return true;
}

bool WireReader::ReadBytes(std::string_view* bytes) {
  uint64_t size = 0;
  if (!ReadVarint(&size) || size > static_cast<uint64_t>(end_ - at_)) return false;
  *bytes = {at_, static_cast<size_t>(size)};
  at_ += size;
  return true;
}

bool WireReader::ReadTag(uint32_t* number, WireType* type) {
  uint64_t tag = 0;
  const char* const begin = at_;
  // As protobuf does: a tag has at most five bytes, however small its number is.
  if (!ReadVarint(&tag) || at_ - begin > 5 || tag > UINT32_MAX || tag >> 3 == 0 || (tag & 7) > 5)
    return false;
  *number = static_cast<uint32_t>(tag >> 3);
  *type = static_cast<WireType>(tag & 7);
  return true;
}

bool WireReader::SkipAt(uint32_t number, WireType type, int levels) {
  uint64_t ignored = 0;
  std::string_view bytes;
  switch (type) {
    case WireType::kVarint:
      return ReadVarint(&ignored);
    case WireType::kFixed64:
      return ReadFixed64(&ignored);
    case WireType::kFixed32:
      return ReadFixed32(&ignored);
    case WireType::kBytes:
      return ReadBytes(&bytes);
    case WireType::kEndGroup:
      return false;
    case WireType::kStartGroup:
      break;
  }
  if (levels == 0) return false;
  uint32_t inner = 0;
  while (ReadTag(&inner, &type)) {
    if (type == WireType::kEndGroup) return inner == number;
    if (!SkipAt(inner, type, levels - 1)) return false;
  }
  return false;
}

}  // namespace zhenhui::gateway::transcoding
