#pragma once
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Text files of Chinese offices: UTF-8, GB18030 (with GBK and GB2312, its subsets) and Excel's UTF-16.
namespace zhenhui {

enum class Encoding { kAuto, kUtf8, kGb18030, kUtf16Le, kUtf16Be };

// "auto", "utf-8", "gb18030" (also "gbk", "gb2312"), "utf-16le", "utf-16be"; letter case does not matter.
// INVALID_ARGUMENT, reason UNKNOWN_ENCODING, otherwise.
absl::StatusOr<Encoding> ParseEncoding(const std::string& name);

// A byte order mark decides. Otherwise valid UTF-8 is UTF-8. What is left is GB18030, unless most of its
// characters beyond ASCII are sound UTF-8: then it is a UTF-8 file with damaged places, and reading it as
// GB18030 would turn every good row into nonsense.
Encoding DetectEncoding(std::string_view bytes);

// To UTF-8 without a byte order mark. kAuto detects. Damaged UTF-8 passes, for the rows to be refused one by
// one; in the other encodings it is INVALID_ARGUMENT, reason ENCODING_MALFORMED, and the message names the
// place. A workbook of Excel is no text: INVALID_ARGUMENT, reason FILE_IS_WORKBOOK.
absl::StatusOr<std::string> DecodeText(std::string bytes, Encoding encoding);

}  // namespace zhenhui
