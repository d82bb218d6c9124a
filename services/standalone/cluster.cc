#include "services/standalone/cluster.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/log/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::standalone {
namespace {

namespace fs = std::filesystem;

constexpr int kNewestVersion = 20;
constexpr int kOldestVersion = 14;
constexpr std::size_t kTailBytes = 2000;

bool HasPrograms(const std::string& folder) {
  return access((folder + "/postgres").c_str(), X_OK) == 0 && access((folder + "/initdb").c_str(), X_OK) == 0;
}

// Is `pid` a PostgreSQL server that works in `cluster`? The number alone may long be another process's.
bool IsServerOf(pid_t pid, const fs::path& cluster) {
  std::error_code error;
  const fs::path in = fs::read_symlink(absl::StrCat("/proc/", pid, "/cwd"), error);
  return !error && fs::equivalent(in, cluster, error);
}

// Waits until the process has gone; it is no child of ours.
bool AwaitEnd(pid_t pid, const fs::path& cluster, absl::Duration patience) {
  const absl::Time give_up = absl::Now() + patience;
  while (IsServerOf(pid, cluster)) {
    if (absl::Now() > give_up) return false;
    absl::SleepFor(absl::Milliseconds(20));
  }
  return true;
}

}  // namespace

absl::StatusOr<std::string> FindPrograms(const fs::path& cluster) {
  if (const char* set = std::getenv("ZHENHUI_PG_BIN"); set != nullptr && HasPrograms(set)) return set;
  int version = 0;
  std::ifstream(cluster / "PG_VERSION") >> version;
  std::vector<std::string> folders;
  for (int candidate = kNewestVersion; candidate >= kOldestVersion; --candidate) {
    if (version == 0 || version == candidate)
      folders.push_back(absl::StrCat("/usr/lib/postgresql/", candidate, "/bin"));
  }
  folders.insert(folders.end(), {"/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"});
  for (const std::string& folder : folders) {
    if (HasPrograms(folder)) return folder;
  }
  return Error(absl::StatusCode::kFailedPrecondition, "POSTGRES_NOT_FOUND",
               version == 0 ? "PostgreSQL is not installed: install postgresql-15, or set ZHENHUI_PG_BIN"
                            : absl::StrCat("the data was made by PostgreSQL ", version,
                                           ": install postgresql-", version, ", or set ZHENHUI_PG_BIN"));
}

absl::Status MakeCluster(const DataDir& dir, const Account& account, const std::string& bin,
                         const std::string& owner) {
  if (fs::exists(dir.cluster())) return absl::OkStatus();
  // Made beside its place and renamed when whole.
  const fs::path fresh = dir.cluster().string() + ".new";
  const fs::path log = dir.keys().parent_path() / "initdb.log";
  std::error_code error;
  fs::remove_all(fresh, error);
  RETURN_IF_ERROR(MakePrivateFolder(fresh, account));
  log::Info("making the database cluster", {{"folder", dir.cluster().string()}});
  ASSIGN_OR_RETURN(
      const pid_t child,
      SpawnAs(account,
              {bin + "/initdb", "--pgdata=" + fresh.string(), "--username=" + owner, "--auth-local=trust",
               "--auth-host=reject", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"},
              log, SIGKILL));
  int status = 0;
  waitpid(child, &status, 0);
  if (status != 0) {
    return Error(absl::StatusCode::kFailedPrecondition, "POSTGRES_FAILED",
                 absl::StrCat("initdb ended with ", DescribeExit(status), ": ", Tail(log)));
  }
  fs::rename(fresh, dir.cluster(), error);
  if (error)
    return absl::InternalError(absl::StrCat("cannot rename ", fresh.string(), ": ", error.message()));
  fs::remove(log, error);
  return absl::OkStatus();
}

absl::Status EndStaleServer(const fs::path& cluster) {
  pid_t pid = 0;
  if (!(std::ifstream(cluster / "postmaster.pid") >> pid) || pid <= 1 || !IsServerOf(pid, cluster)) {
    return absl::OkStatus();
  }
  log::Warning("ending a PostgreSQL that was left behind", {{"pid", pid}});
  kill(pid, SIGINT);
  if (AwaitEnd(pid, cluster, absl::Seconds(15))) return absl::OkStatus();
  kill(pid, SIGQUIT);
  if (AwaitEnd(pid, cluster, absl::Seconds(10))) return absl::OkStatus();
  return Error(
      absl::StatusCode::kFailedPrecondition, "POSTGRES_STILL_RUNS",
      absl::StrCat("a PostgreSQL (process ", pid, ") works in ", cluster.string(), " and does not end"));
}

std::vector<std::string> ServerCommand(const DataDir& dir, const std::string& bin) {
  std::vector<std::string> command = {bin + "/postgres", "-D", dir.cluster().string()};
  for (const std::string& setting : {
           std::string("listen_addresses="),
           absl::StrCat("unix_socket_directories=\"", dir.sockets().string(), "\""),
           std::string("port=5432"),
           // Durable: what was acknowledged survives a power cut.
           std::string("fsync=on"),
           std::string("synchronous_commit=on"),
           std::string("full_page_writes=on"),
           // A small machine that it shares with us; short statements and bulk writes.
           std::string("max_connections=100"),
           std::string("shared_buffers=128MB"),
           std::string("effective_cache_size=512MB"),
           std::string("maintenance_work_mem=64MB"),
           std::string("jit=off"),
           std::string("random_page_cost=1.1"),
           std::string("wal_compression=on"),
           std::string("min_wal_size=128MB"),
           std::string("max_wal_size=2GB"),
           std::string("checkpoint_timeout=15min"),
           // A week of its own log, overwritten day by day.
           std::string("logging_collector=on"),
           std::string("log_filename=postgresql-%a.log"),
           std::string("log_truncate_on_rotation=on"),
           std::string("log_rotation_age=1d"),
           std::string("log_rotation_size=0"),
       }) {
    command.insert(command.end(), {"-c", setting});
  }
  return command;
}

std::string Tail(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  const std::string all = text.str();
  return all.size() <= kTailBytes ? all : all.substr(all.size() - kTailBytes);
}

}  // namespace zhenhui::standalone
