#pragma once
#include <filesystem>
#include <string>

#include "absl/status/statusor.h"
#include "services/standalone/server_account.h"

namespace zhenhui::standalone {

// The folder of one standalone, locked for this process until the object is destroyed (or the process ends):
//   standalone.lock      the lock; holds the process id
//   keys/                0700: signing-key.pem, public-key.pem, admin.token
//   postgres/            0700, of PostgreSQL's account: the cluster
//   run/                 0700, of PostgreSQL's account: its Unix socket
// Whoever enters run/ may log in as any role: the folder's mode is the password.
class DataDir {
 public:
  // Makes what is missing. FAILED_PRECONDITION, reason DATA_DIR_IN_USE, when another process has it;
  // PERMISSION_DENIED, reason DATA_DIR_UNREACHABLE, when `account` cannot enter it.
  static absl::StatusOr<DataDir> Open(const std::string& path, const Account& account);

  DataDir(DataDir&& other) noexcept;
  DataDir& operator=(DataDir&&) = delete;
  ~DataDir();

  std::filesystem::path keys() const { return path_ / "keys"; }
  std::filesystem::path cluster() const { return path_ / "postgres"; }
  std::filesystem::path run() const { return path_ / "run"; }
  // Where PostgreSQL's socket lives: run/, or a folder below /tmp when run/ is too long for a socket's path.
  const std::filesystem::path& sockets() const { return sockets_; }

 private:
  explicit DataDir(std::filesystem::path path) : path_(std::move(path)) {}
  absl::Status Lock();
  absl::Status ChooseSockets(const Account& account);

  std::filesystem::path path_;  // absolute
  std::filesystem::path sockets_;
  int lock_fd_ = -1;
};

// Makes `folder` if it is missing and gives it to the account with mode 0700.
absl::Status MakePrivateFolder(const std::filesystem::path& folder, const Account& account);

}  // namespace zhenhui::standalone
