#pragma once
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace zhenhui::cli {

// Puts the bytes into a file, all or nothing: a temporary file beside it, stored safely, then renamed into
// its place. A file that holds these very bytes is left alone, so that two that write the same do not disturb
// each other. `written`: whether it was not so already; may be null. FILE_UNWRITABLE.
absl::Status WriteFile(const std::string& path, std::string_view bytes, bool* written = nullptr);

// The whole file, at most `limit` bytes. FILE_NOT_FOUND, FILE_UNREADABLE.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t limit);

}  // namespace zhenhui::cli
