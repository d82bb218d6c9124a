#include "clients/zhenhui/output/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

absl::Status Unwritable(const std::string& path) {
  return Error(absl::StatusCode::kPermissionDenied, "FILE_UNWRITABLE", path);
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return fsync(file) == 0;
}

// Without it the name may be lost in a power cut although the content is safe.
void SyncFolder(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const int file = open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return;
  fsync(file);
  close(file);
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t limit) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error(absl::StatusCode::kNotFound, "FILE_NOT_FOUND", path);
  std::string bytes;
  std::vector<char> block(1 << 16);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0) {
    bytes.append(block.data(), static_cast<size_t>(in.gcount()));
    if (bytes.size() > limit)
      return Error(absl::StatusCode::kInvalidArgument, "FILE_UNREADABLE", path + ": too large");
  }
  if (in.bad()) return Error(absl::StatusCode::kInvalidArgument, "FILE_UNREADABLE", path);
  return bytes;
}

absl::Status WriteFile(const std::string& path, std::string_view bytes, bool* written) {
  if (written != nullptr) *written = false;
  const auto held = ReadFile(path, bytes.size());
  if (held.ok() && *held == bytes) return absl::OkStatus();
  std::string temporary = path + ".XXXXXX";
  const int file = mkstemp(temporary.data());
  if (file < 0) return Unwritable(path);
  const bool whole = WriteAll(file, bytes) && fchmod(file, 0644) == 0;
  close(file);
  if (!whole || rename(temporary.c_str(), path.c_str()) != 0) {
    unlink(temporary.c_str());
    return Unwritable(path);
  }
  SyncFolder(path);
  if (written != nullptr) *written = true;
  return absl::OkStatus();
}

}  // namespace zhenhui::cli
