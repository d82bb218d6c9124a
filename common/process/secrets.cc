#include "common/process/secrets.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::process {

absl::StatusOr<std::string> ReadSmallFile(const std::string& path, std::size_t max_bytes) {
  std::ifstream file(path, std::ios::binary);
  std::string text(max_bytes + 1, '\0');
  // A directory opens well and fails at the first read.
  if (!file || (file.read(text.data(), static_cast<std::streamsize>(text.size())), file.bad())) {
    return Error(absl::StatusCode::kNotFound, "FILE_UNREADABLE", absl::StrCat("cannot read the file ", path));
  }
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > max_bytes) {
    return Error(absl::StatusCode::kInvalidArgument, "FILE_TOO_LARGE",
                 absl::StrCat("the file ", path, " is larger than ", max_bytes, " bytes"));
  }
  return text;
}

absl::StatusOr<std::string> ResolveSecret(const std::string& flag_value) {
  if (!flag_value.starts_with('@')) return flag_value;
  ASSIGN_OR_RETURN(std::string text, ReadSmallFile(flag_value.substr(1), 64 << 10));
  if (text.ends_with('\n')) text.pop_back();
  return text;
}

}  // namespace zhenhui::process
