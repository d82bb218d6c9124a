#include "common/text/encoding.h"

#include <iconv.h>

#include <cerrno>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "common/status/reason.h"
#include "common/text/utf8.h"

namespace zhenhui {
namespace {

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kUtf16LeMark = "\xFF\xFE";
constexpr std::string_view kZipMark = "PK\x03\x04";        // .xlsx
constexpr std::string_view kOleMark = "\xD0\xCF\x11\xE0";  // .xls
constexpr std::string_view kUtf16BeMark = "\xFE\xFF";

// Length of the well-formed sequence beyond ASCII at `at`, or 0.
size_t SequenceLength(std::string_view text, size_t at) {
  const auto lead = static_cast<unsigned char>(text[at]);
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC2 ? 2 : 0;
  if (length == 0 || at + length > text.size()) return 0;
  return IsValidUtf8(text.substr(at, length)) ? length : 0;
}

bool MostlyUtf8(std::string_view bytes) {
  size_t sound = 0;
  size_t broken = 0;
  for (size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
    } else if (const size_t length = SequenceLength(bytes, i); length > 0) {
      ++sound;
      i += length;
    } else {
      ++broken;
      ++i;
    }
  }
  return sound > 4 * broken;
}

const char* IconvName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kUtf16Le:
      return "UTF-16LE";
    case Encoding::kUtf16Be:
      return "UTF-16BE";
    default:
      return "GB18030";
  }
}

absl::StatusOr<std::string> Convert(std::string bytes, Encoding encoding) {
  const iconv_t converter = iconv_open("UTF-8", IconvName(encoding));
  // POSIX's mark of failure is the pointer -1.
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr)
    return Error(absl::StatusCode::kInternal, "UNKNOWN_ENCODING",
                 std::string("this system cannot convert from ") + IconvName(encoding));
  }
  // GB18030's two bytes become at most four, UTF-16's two at most three.
  std::string out(bytes.size() * 2 + 16, '\0');
  char* from = bytes.data();
  size_t from_left = bytes.size();
  char* to = out.data();
  size_t to_left = out.size();
  const size_t result = iconv(converter, &from, &from_left, &to, &to_left);
  iconv_close(converter);
  if (result == static_cast<size_t>(-1)) {
    return Error(absl::StatusCode::kInvalidArgument, "ENCODING_MALFORMED",
                 std::string(IconvName(encoding)) + "? byte " + std::to_string(bytes.size() - from_left));
  }
  out.resize(out.size() - to_left);
  return out;
}

}  // namespace

absl::StatusOr<Encoding> ParseEncoding(const std::string& name) {
  const std::string lower = absl::AsciiStrToLower(name);
  if (lower == "auto") return Encoding::kAuto;
  if (lower == "utf-8" || lower == "utf8") return Encoding::kUtf8;
  if (lower == "gb18030" || lower == "gbk" || lower == "gb2312") return Encoding::kGb18030;
  if (lower == "utf-16le") return Encoding::kUtf16Le;
  if (lower == "utf-16be") return Encoding::kUtf16Be;
  return Error(absl::StatusCode::kInvalidArgument, "UNKNOWN_ENCODING",
               "unknown encoding '" + name + "': auto, utf-8, gb18030, utf-16le or utf-16be");
}

Encoding DetectEncoding(std::string_view bytes) {
  if (bytes.starts_with(kUtf8Mark)) return Encoding::kUtf8;
  if (bytes.starts_with(kUtf16LeMark)) return Encoding::kUtf16Le;
  if (bytes.starts_with(kUtf16BeMark)) return Encoding::kUtf16Be;
  if (IsValidUtf8(bytes) || MostlyUtf8(bytes)) return Encoding::kUtf8;
  return Encoding::kGb18030;
}

absl::StatusOr<std::string> DecodeText(std::string bytes, Encoding encoding) {
  if (bytes.starts_with(kZipMark) || bytes.starts_with(kOleMark)) {
    return Error(absl::StatusCode::kInvalidArgument, "FILE_IS_WORKBOOK", ".xlsx / .xls");
  }
  if (encoding == Encoding::kAuto) encoding = DetectEncoding(bytes);
  if (encoding == Encoding::kUtf8) {
    if (bytes.starts_with(kUtf8Mark)) bytes.erase(0, kUtf8Mark.size());
    return bytes;
  }
  const bool marked = (encoding == Encoding::kUtf16Le && bytes.starts_with(kUtf16LeMark)) ||
                      (encoding == Encoding::kUtf16Be && bytes.starts_with(kUtf16BeMark));
  if (marked) bytes.erase(0, 2);
  return Convert(std::move(bytes), encoding);
}

}  // namespace zhenhui
