#include "tests/testing/private_postgres.h"

#include <fcntl.h>
#include <grp.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"

namespace zhenhui::testing {
namespace {

namespace fs = std::filesystem;

constexpr char kServerUser[] = "postgres";

// Started with the folder as $0 and the pipe as its input: waits until the test process is gone, however it
// ended.
constexpr char kGuardScript[] = R"sh(
trap '' INT TERM HUP
cat >/dev/null
[ -d "$0" ] || exit 0
pid=$(head -n 1 "$0/data/postmaster.pid" 2>/dev/null)
if [ -n "$pid" ]; then
  kill -QUIT "$pid" 2>/dev/null
  for i in 1 2 3 4 5 6 7 8 9 10; do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
  kill -KILL "$pid" 2>/dev/null
fi
rm -rf -- "$0"
)sh";

[[noreturn]] void Fail(const std::string& what) { throw std::runtime_error("private PostgreSQL: " + what); }

std::string FindBinary(const std::string& name) {
  std::vector<std::string> folders;
  if (const char* set = std::getenv("ZHENHUI_PG_BIN"); set != nullptr) folders.push_back(set);
  for (int version = 20; version >= 14; --version) {
    folders.push_back(absl::StrCat("/usr/lib/postgresql/", version, "/bin"));
  }
  folders.insert(folders.end(), {"/usr/local/pgsql/bin", "/usr/local/bin", "/usr/bin"});
  for (const std::string& folder : folders) {
    if (access((folder + "/" + name).c_str(), X_OK) == 0) return folder + "/" + name;
  }
  Fail("no " + name + " on this machine; install postgresql-15 or set ZHENHUI_PG_BIN");
}

// The account that the server runs under; nobody to become when we are no root.
const passwd* ServerAccount() {
  if (geteuid() != 0) return nullptr;
  static const passwd* account = [] {
    const passwd* found = getpwnam(kServerUser);
    if (found == nullptr) Fail("no user postgres; initdb refuses to run as root");
    return found;
  }();
  return account;
}

// Runs `command` as the server's account with its output in `log`. Returns the child's process id.
pid_t Spawn(const std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const passwd* account = ServerAccount();
  const pid_t child = fork();
  if (child != 0) return child;
  // From here to exec only calls that are safe after fork in a process with threads.
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  const int in = open("/dev/null", O_RDONLY);
  dup2(in, 0);
  dup2(out, 1);
  dup2(out, 2);
  setsid();  // a Ctrl-C at the terminal is for the test, whose guard then ends the server
  if (account != nullptr &&
      (setgroups(0, nullptr) != 0 || setgid(account->pw_gid) != 0 || setuid(account->pw_uid) != 0)) {
    _exit(126);
  }
  execv(argv[0], argv.data());
  _exit(127);
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// The guard is a grandchild in its own session, so that whoever kills the test's children does not find it.
int StartGuard(const std::string& folder) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) Fail("pipe");
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    if (fork() != 0) _exit(0);
    dup2(ends[0], 0);
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, 1);
    dup2(null, 2);
    execl("/bin/sh", "sh", "-c", kGuardScript, folder.c_str(), nullptr);
    _exit(127);
  }
  close(ends[0]);
  waitpid(child, nullptr, 0);
  return ends[1];
}

// Process ids of the children of `parent`, from /proc.
std::vector<pid_t> ChildrenOf(pid_t parent) {
  std::ifstream in(absl::StrCat("/proc/", parent, "/task/", parent, "/children"));
  std::vector<pid_t> children;
  for (pid_t child = 0; in >> child;) children.push_back(child);
  return children;
}

}  // namespace

PrivatePostgres::PrivatePostgres(const Options& options) : options_(options) {
  char folder[] = "/tmp/zhenhui-pg-XXXXXX";
  if (mkdtemp(folder) == nullptr) Fail("mkdtemp");
  folder_ = folder;
  if (const passwd* account = ServerAccount(); account != nullptr) {
    if (chown(folder, account->pw_uid, account->pw_gid) != 0) Fail("chown");
  }
  guard_fd_ = StartGuard(folder_);
  const pid_t initdb = Spawn({FindBinary("initdb"), "--pgdata", folder_ + "/data", "--username", kServerUser,
                              "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"},
                             folder_ + "/initdb.log");
  int status = 0;
  waitpid(initdb, &status, 0);
  if (status != 0) Fail("initdb failed: " + ReadFile(folder_ + "/initdb.log"));
  Start();
}

PrivatePostgres::~PrivatePostgres() {
  if (server_ > 0) {
    kill(server_, SIGQUIT);  // nothing is worth a checkpoint any more
    waitpid(server_, nullptr, 0);
  }
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
  close(guard_fd_);
}

std::string PrivatePostgres::Dsn(const std::string& database) const {
  return absl::StrCat("host='", folder_, "' port='5432' user='", kServerUser, "' dbname='", database, "'");
}

void PrivatePostgres::Start() {
  const std::string durable = options_.durable ? "on" : "off";
  std::vector<std::string> command = {FindBinary("postgres"), "-D", folder_ + "/data"};
  for (const std::string& setting :
       {std::string("listen_addresses="), "unix_socket_directories=" + folder_, std::string("port=5432"),
        "fsync=" + durable, "synchronous_commit=" + durable, "full_page_writes=" + durable,
        absl::StrCat("max_connections=", options_.max_connections), std::string("shared_buffers=64MB"),
        // Crash recovery first syncs every file of the cluster: one call instead of a thousand.
        std::string("recovery_init_sync_method=syncfs")}) {
    command.insert(command.end(), {"-c", setting});
  }
  const absl::Time give_up = absl::Now() + absl::Seconds(30);
  server_ = Spawn(command, folder_ + "/server.log");
  while (PQping(Dsn().c_str()) != PQPING_OK) {
    if (absl::Now() > give_up) Fail("does not answer: " + ReadFile(folder_ + "/server.log"));
    // After kill -9 the old backends may hold the shared memory for a moment, and the new server then gives
    // up.
    if (waitpid(server_, nullptr, WNOHANG) == server_) server_ = Spawn(command, folder_ + "/server.log");
    absl::SleepFor(absl::Milliseconds(20));
  }
}

void PrivatePostgres::Kill() {
  const std::vector<pid_t> backends = ChildrenOf(server_);
  kill(server_, SIGKILL);
  for (const pid_t backend : backends) kill(backend, SIGKILL);
  waitpid(server_, nullptr, 0);
  server_ = -1;
}

void PrivatePostgres::Stop() {
  kill(server_, SIGINT);
  waitpid(server_, nullptr, 0);
  server_ = -1;
}

}  // namespace zhenhui::testing
