#include "common/db/binary_copy.h"

#include "absl/strings/str_cat.h"
#include "common/db/copy_out.h"
#include "common/status/absl_view.h"

namespace zhenhui::db {
namespace {

// PostgreSQL's manual, "COPY", Binary Format: everything in network byte order; a header of the signature,
// flags and the length of an extension; rows of a count and as many fields of length and bytes; at the end
// the count -1.
constexpr std::string_view kSignature("PGCOPY\n\xff\r\n\0", 11);

[[noreturn]] void Broken(const char* what) { throw pqxx::conversion_error(what); }

std::string_view Take(std::string_view& rest, size_t length) {
  if (rest.size() < length) Broken("a binary COPY row ends early");
  const std::string_view taken = rest.substr(0, length);
  rest.remove_prefix(length);
  return taken;
}

int64_t ToInt(std::string_view bytes) {
  auto value = static_cast<uint64_t>(static_cast<int64_t>(static_cast<signed char>(bytes[0])));
  for (const char byte : bytes.substr(1)) value = value << 8 | static_cast<unsigned char>(byte);
  return static_cast<int64_t>(value);
}

void SkipHeader(std::string_view& rest) {
  if (Take(rest, kSignature.size()) != kSignature) Broken("a binary COPY has no signature");
  Take(rest, 4);
  Take(rest, static_cast<size_t>(ToInt(Take(rest, 4))));
}

}  // namespace

BinaryCopyReader::BinaryCopyReader(Tx& tx, std::string_view query)
    : out_(std::make_unique<CopyOut>(tx,
                                     absl::StrCat("COPY (", Absl(query), ") TO STDOUT (FORMAT binary)"))) {}

BinaryCopyReader::~BinaryCopyReader() = default;

bool BinaryCopyReader::NextRow() {
  // The server sends the header in one message with what follows, and else each row in its own.
  if (!out_->Next(rest_)) return false;
  if (!begun_) SkipHeader(rest_);
  begun_ = true;
  fields_ = static_cast<int>(ToInt(Take(rest_, 2)));
  return fields_ >= 0 || NextRow();
}

std::string_view BinaryCopyReader::Bytes() {
  if (fields_-- <= 0) Broken("a binary COPY row has fewer fields than were read");
  const int64_t length = ToInt(Take(rest_, 4));
  if (length < 0) Broken("a binary COPY field is NULL");
  return Take(rest_, static_cast<size_t>(length));
}

int64_t BinaryCopyReader::Int() {
  const std::string_view bytes = Bytes();
  if (bytes.size() != 2 && bytes.size() != 4 && bytes.size() != 8) Broken("a COPY field is no integer");
  return ToInt(bytes);
}

}  // namespace zhenhui::db
