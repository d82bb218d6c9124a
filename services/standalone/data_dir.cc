#include "services/standalone/data_dir.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::standalone {
namespace {

namespace fs = std::filesystem;

constexpr char kSocketFile[] = ".s.PGSQL.5432.lock";  // the longest name that PostgreSQL makes there
constexpr char kShortSockets[] = "sockets-at";        // names the folder below /tmp

absl::Status SystemError(const std::string& what, const fs::path& path) {
  return Error(absl::StatusCode::kFailedPrecondition, "DATA_DIR_UNUSABLE",
               absl::StrCat("cannot ", what, " ", path.string(), ": ", std::strerror(errno)));
}

}  // namespace

absl::Status MakePrivateFolder(const fs::path& folder, const Account& account) {
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return SystemError("make the folder", folder);
  if (account.other && chown(folder.c_str(), account.uid, account.gid) != 0) {
    return SystemError("give to PostgreSQL's user the folder", folder);
  }
  return chmod(folder.c_str(), 0700) == 0 ? absl::OkStatus() : SystemError("protect the folder", folder);
}

absl::StatusOr<DataDir> DataDir::Open(const std::string& path, const Account& account) {
  std::error_code error;
  DataDir dir(fs::absolute(path, error).lexically_normal());
  fs::create_directories(dir.path_, error);
  if (!fs::is_directory(dir.path_, error)) return SystemError("make the folder", dir.path_);
  RETURN_IF_ERROR(dir.Lock());
  struct stat mode = {};
  // The other account passes through on its way to its own folder; it cannot list this one.
  if (account.other && stat(dir.path_.c_str(), &mode) == 0 && (mode.st_mode & S_IXOTH) == 0) {
    if (chmod(dir.path_.c_str(), (mode.st_mode & 07777) | S_IXOTH) != 0)
      return SystemError("open up", dir.path_);
  }
  if (!CanEnter(account, dir.path_)) {
    return Error(absl::StatusCode::kPermissionDenied, "DATA_DIR_UNREACHABLE",
                 absl::StrCat("PostgreSQL's user ", account.name, " cannot enter ", dir.path_.string(),
                              ": choose a folder whose parents others may enter, such as /var/lib/zhenhui"));
  }
  RETURN_IF_ERROR(MakePrivateFolder(dir.keys(), Account()));
  RETURN_IF_ERROR(MakePrivateFolder(dir.run(), account));
  RETURN_IF_ERROR(dir.ChooseSockets(account));
  return dir;
}

absl::Status DataDir::Lock() {
  const fs::path file = path_ / "standalone.lock";
  lock_fd_ = open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_fd_ < 0) return SystemError("write", file);
  if (flock(lock_fd_, LOCK_EX | LOCK_NB) != 0) {
    std::string holder;
    std::ifstream(file) >> holder;
    return Error(absl::StatusCode::kFailedPrecondition, "DATA_DIR_IN_USE",
                 absl::StrCat("another zhenhui-standalone (process ", holder, ") works in ", path_.string()));
  }
  const std::string pid = absl::StrCat(getpid(), "\n");
  if (ftruncate(lock_fd_, 0) != 0 ||
      pwrite(lock_fd_, pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    return SystemError("write", file);
  }
  return absl::OkStatus();
}

absl::Status DataDir::ChooseSockets(const Account& account) {
  const fs::path note = path_ / kShortSockets;
  std::error_code ignored;
  // What a killed predecessor has left below /tmp.
  std::string left;
  if (std::ifstream(note) >> left && left.starts_with("/tmp/zhenhui-")) fs::remove_all(left, ignored);
  fs::remove(note, ignored);
  sockets_ = run();
  if ((sockets_ / kSocketFile).string().size() < sizeof(sockaddr_un::sun_path)) return absl::OkStatus();
  char folder[] = "/tmp/zhenhui-XXXXXX";
  if (mkdtemp(folder) == nullptr) return SystemError("make the folder", folder);
  sockets_ = folder;
  std::ofstream(note) << folder << "\n";
  return MakePrivateFolder(sockets_, account);
}

DataDir::DataDir(DataDir&& other) noexcept
    : path_(std::move(other.path_)),
      sockets_(std::move(other.sockets_)),
      lock_fd_(std::exchange(other.lock_fd_, -1)) {}

DataDir::~DataDir() {
  if (lock_fd_ < 0) return;
  std::error_code ignored;
  if (!sockets_.empty() && sockets_ != run()) {
    fs::remove_all(sockets_, ignored);
    fs::remove(path_ / kShortSockets, ignored);
  }
  close(lock_fd_);
}

}  // namespace zhenhui::standalone
