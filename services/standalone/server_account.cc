#include "services/standalone/server_account.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"

namespace zhenhui::standalone {
namespace {

// Only calls that are safe between fork and exec in a process with threads.
bool Become(const Account& account) {
  if (!account.other) return true;
  return setgroups(0, nullptr) == 0 && setgid(account.gid) == 0 && setuid(account.uid) == 0;
}

[[noreturn]] void RunChild(const Account& account, char* const* argv, int out, int death_signal,
                           pid_t parent) {
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  signal(SIGPIPE, SIG_DFL);
  setsid();  // a Ctrl-C at the terminal is for the standalone, which then stops its children in order
  const int in = open("/dev/null", O_RDONLY);
  if (!Become(account) || dup2(in, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) _exit(126);
  // After Become: a change of user clears it. And the parent may have ended before.
  prctl(PR_SET_PDEATHSIG, death_signal);
  if (getppid() != parent) _exit(126);
  execv(argv[0], argv);
  _exit(127);
}

}  // namespace

absl::StatusOr<Account> FindServerAccount() {
  if (geteuid() != 0) return Account{.name = "", .uid = geteuid(), .gid = getegid(), .other = false};
  for (const char* name : {"postgres", "nobody"}) {
    const passwd* found = getpwnam(name);
    if (found != nullptr)
      return Account{.name = name, .uid = found->pw_uid, .gid = found->pw_gid, .other = true};
  }
  return Error(
      absl::StatusCode::kFailedPrecondition, "NO_SERVER_ACCOUNT",
      "PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody to run it");
}

absl::StatusOr<pid_t> SpawnAs(const Account& account, const std::vector<std::string>& command,
                              const std::string& log, int death_signal) {
  std::vector<char*> argv;
  for (const std::string& word : command) argv.push_back(const_cast<char*>(word.c_str()));
  argv.push_back(nullptr);
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (out < 0) return absl::InternalError(absl::StrCat("cannot write ", log));
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) RunChild(account, argv.data(), out, death_signal, parent);
  close(out);
  if (child < 0) return absl::InternalError("cannot start a process");
  return child;
}

bool CanEnter(const Account& account, const std::string& folder) {
  const pid_t child = fork();
  if (child < 0) return false;
  if (child == 0) _exit(Become(account) && access(folder.c_str(), X_OK) == 0 ? 0 : 1);
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string DescribeExit(int wait_status) {
  if (WIFSIGNALED(wait_status)) return absl::StrCat("signal ", WTERMSIG(wait_status));
  return absl::StrCat("exit code ", WEXITSTATUS(wait_status));
}

}  // namespace zhenhui::standalone
