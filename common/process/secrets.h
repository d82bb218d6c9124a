#pragma once

#include <string>

#include "absl/status/statusor.h"

namespace zhenhui::process {

// The value of a flag that may hold a secret: "@/path/to/file" reads the file (one newline at its end is
// dropped), anything else is the value itself. So secrets stay out of process lists. NOT_FOUND when the file
// cannot be read; INVALID_ARGUMENT when it is over 64 KiB.
absl::StatusOr<std::string> ResolveSecret(const std::string& flag_value);

// Reads a whole small file (at most `max_bytes`). NOT_FOUND, or INVALID_ARGUMENT when it is larger.
absl::StatusOr<std::string> ReadSmallFile(const std::string& path, std::size_t max_bytes = 1 << 20);

}  // namespace zhenhui::process
