#pragma once
#include <sys/types.h>

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// The operating-system side of running PostgreSQL: it refuses to run as root, so a root process starts it as
// another user.
namespace zhenhui::standalone {

struct Account {
  std::string name;
  uid_t uid = 0;
  gid_t gid = 0;
  bool other = false;  // not the account of this process: a child has to become it
};

// For root: the user postgres, or nobody when there is none; for everybody else: he himself.
// FAILED_PRECONDITION, reason NO_SERVER_ACCOUNT, when root finds neither.
absl::StatusOr<Account> FindServerAccount();

// Starts `command` as the account in a session of its own, with /dev/null as its input and `log` (made anew,
// opened with the rights of this process) as its output; returns the process id. The child gets
// `death_signal` when the calling thread ends, so that nothing outlives a killed standalone: call it from a
// thread that lives as long as the child should. INTERNAL when the fork fails; a failing exec shows as exit
// code 126 or 127.
absl::StatusOr<pid_t> SpawnAs(const Account& account, const std::vector<std::string>& command,
                              const std::string& log, int death_signal);

// Whether the account may enter `folder`, parents included.
bool CanEnter(const Account& account, const std::string& folder);

// The exit status of a child as a sentence: "exit code 1", "signal 9".
std::string DescribeExit(int wait_status);

}  // namespace zhenhui::standalone
