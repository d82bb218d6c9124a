#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace zhenhui::reporting {

// Reads protobuf's wire format field by field without making a message: a feed is read for a few fields of
// each record, and building the rest would cost most of the time. Views point into the bytes given.
//   WireReader reader(bytes);
//   while (reader.Next()) { if (reader.field() == kKind) kind = reader.bytes(); }
//   if (!reader.ok()) ...
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : at_(bytes.data()), end_(bytes.data() + bytes.size()) {}

  // Moves to the next field; false at the end or where the bytes are broken.
  bool Next() {
    if (at_ == end_ || !ok_) return false;
    uint64_t tag = 0;
    if (!Varint(tag)) return false;
    field_ = static_cast<int>(tag >> 3);
    bytes_ = {};
    number_ = 0;
    switch (tag & 7) {
      case 0:
        return Varint(number_);
      case 1:
        return Take(8);
      case 2: {
        uint64_t length = 0;
        return Varint(length) && Take(length);
      }
      case 5:
        return Take(4);
      default:
        return Fail();  // groups are not used
    }
  }
  bool ok() const { return ok_; }

  int field() const { return field_; }
  // Of a varint field; 0 otherwise.
  int64_t number() const { return static_cast<int64_t>(number_); }
  // Of a string or message field; empty for a varint.
  std::string_view bytes() const { return bytes_; }

 private:
  bool Fail() { return ok_ = false; }
  bool Take(uint64_t length) {
    if (length > static_cast<uint64_t>(end_ - at_)) return Fail();
    bytes_ = std::string_view(at_, length);
    at_ += length;
    return true;
  }
  bool Varint(uint64_t& value) {
    value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at_ == end_) return Fail();
      const auto byte = static_cast<uint8_t>(*at_++);
      value |= static_cast<uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return true;
    }
    return Fail();
  }

  const char* at_;
  const char* end_;
  bool ok_ = true;
  int field_ = 0;
  uint64_t number_ = 0;
  std::string_view bytes_;
};

}  // namespace zhenhui::reporting
