#pragma once

#include <cstdint>
#include <string_view>

namespace zhenhui::gateway::transcoding {

enum class WireType : uint8_t {
  kVarint = 0,
  kFixed64 = 1,
  kBytes = 2,
  kStartGroup = 3,
  kEndGroup = 4,
  kFixed32 = 5
};

// Reads protobuf's wire format from bytes that it does not own. Every function returns false when the bytes
// are cut off or not of this format; the reader is then of no more use. Not thread-safe.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  bool done() const { return at_ == end_; }

  bool ReadVarint(uint64_t* value) {
    if (at_ != end_ && static_cast<unsigned char>(*at_) < 0x80) {
      *value = static_cast<unsigned char>(*at_++);
      return true;
    }
    return ReadLongVarint(value);
  }
  bool ReadFixed32(uint64_t* value);
  bool ReadFixed64(uint64_t* value);
  bool ReadBytes(std::string_view* bytes);
  // Field number 1 and up.
  bool ReadTag(uint32_t* number, WireType* type);
  // The value after a tag, whatever it is; groups of at most 100 levels.
  bool Skip(uint32_t number, WireType type) { return SkipAt(number, type, 100); }

 private:
  bool ReadLongVarint(uint64_t* value);
  bool SkipAt(uint32_t number, WireType type, int levels);

  const char* at_;
  const char* end_;
};

}  // namespace zhenhui::gateway::transcoding
