#pragma once
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace zhenhui::reporting {

// Writes protobuf's wire format without making messages first, from the last byte to the first: so the length
// of a nested message is known when it is put in front of it. Give fields in descending order of their
// numbers and lists from their end, and the bytes are those of the generated class. Like proto3 it leaves out
// zeros and empty texts.
//   WireWriter writer(1000);
//   writer.Nested(2, [&] { writer.Text(3, "x"); writer.Number(1, 7); });
//   writer.Text(1, "name");
class WireWriter {
 public:
  // `expected`: about how many bytes there will be; it grows where there are more.
  explicit WireWriter(size_t expected)
      : capacity_(expected), buffer_(new char[expected]), at_(buffer_.get() + expected) {}

  // A field of type int32, int64, bool or enum.
  void Number(int field, int64_t value) {
    if (value == 0) return;
    Varint(static_cast<uint64_t>(value));
    Tag(field, 0);
  }
  void Text(int field, std::string_view text) {
    if (text.empty()) return;
    Bytes(text);
    Varint(text.size());
    Tag(field, 2);
  }
  // A message, or a text in parts: what `fill()` writes, even if that is nothing.
  template <typename Fill>
  void Nested(int field, Fill&& fill) {
    const size_t before = size();
    fill();
    Varint(size() - before);
    Tag(field, 2);
  }
  // Inside of Nested: bytes as they are, before those that are there.
  void Bytes(std::string_view bytes) {
    std::memcpy(Room(bytes.size()) - bytes.size(), bytes.data(), bytes.size());
    at_ -= bytes.size();
  }
  // The same for at most `most` bytes that `write(char* end)` puts before `end`; it returns where they begin.
  template <typename Write>
  void BytesBefore(size_t most, Write&& write) {
    at_ = write(Room(most));
  }

  size_t size() const { return static_cast<size_t>(buffer_.get() + capacity_ - at_); }
  // Views die at the next write.
  std::string_view bytes() const { return {at_, size()}; }
  // The buffer that bytes() lies in. The writer is of no use afterwards.
  std::unique_ptr<char[]> Release() { return std::move(buffer_); }

 private:
  // The end of the free bytes, of which there are at least `wanted`.
  char* Room(size_t wanted) {
    if (static_cast<size_t>(at_ - buffer_.get()) < wanted) Grow(wanted);
    return at_;
  }
  void Grow(size_t wanted) {
    const size_t used = size();
    const size_t capacity = 2 * capacity_ + wanted;
    std::unique_ptr<char[]> buffer(new char[capacity]);
    char* const at = buffer.get() + capacity - used;
    std::memcpy(at, at_, used);
    buffer_ = std::move(buffer);
    capacity_ = capacity;
    at_ = at;
  }
  void Varint(uint64_t value) {
    const int length = (std::bit_width(value | 1) + 6) / 7;
    char* out = Room(10) - length;
    at_ = out;
    for (; value >= 0x80; value >>= 7) *out++ = static_cast<char>(value | 0x80);
    *out = static_cast<char>(value);
  }
  void Tag(int field, int type) { Varint(static_cast<uint64_t>(field) << 3 | static_cast<uint64_t>(type)); }

  size_t capacity_;
  std::unique_ptr<char[]> buffer_;
  char* at_;  // the first byte written
};

}  // namespace zhenhui::reporting
