#include "tests/bench/programs.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "tests/bench/must.h"

namespace zhenhui::bench {
namespace {

sockaddr_in Loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<uint16_t>(port));
  return address;
}

}  // namespace

Beside::Beside(const std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  pid_ = fork();
  Must(pid_ >= 0, "cannot fork");
  if (pid_ > 0) return;
  const int out = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  dup2(out, STDOUT_FILENO);
  dup2(out, STDERR_FILENO);
  execvp(arguments[0], arguments.data());
  _exit(127);
}

Beside::~Beside() {
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

double Beside::CpuMicroseconds() const {
  std::ifstream stat(absl::StrCat("/proc/", pid_, "/stat"));
  const std::string text{std::istreambuf_iterator<char>(stat), std::istreambuf_iterator<char>()};
  Must(text.rfind(')') != std::string::npos, "a program beside us has ended");
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i) fields >> skipped;  // utime is the 14th field of all, the 12th after the name
  double total = 0;
  for (int i = 0; i < 4; ++i) {
    double ticks = 0;
    fields >> ticks;
    total += ticks;
  }
  return total * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
}

int FreePort() {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = Loopback(0);
  socklen_t size = sizeof(address);
  Must(bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0, "cannot bind");
  Must(getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0, "getsockname");
  close(listener);
  return ntohs(address.sin_port);
}

void AwaitPort(int port) {
  for (int attempt = 0; attempt < 300; ++attempt) {
    const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = Loopback(port);
    const bool connected = connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    close(client);
    if (connected) return;
    absl::SleepFor(absl::Milliseconds(100));
  }
  Must(false, absl::StrCat("nothing listens at port ", port));
}

Load RunWrk(int port, int connections, int seconds, const std::string& script, const std::string& paths,
            const std::string& token) {
  setenv("ZHENHUI_BENCH_PATHS", paths.c_str(), 1);
  setenv("ZHENHUI_BENCH_TOKEN", token.c_str(), 1);
  const std::string command = absl::StrCat("wrk -t1 -c", connections, " -d", seconds, "s -s '", script,
                                           "' http://127.0.0.1:", port, " 2>&1");
  FILE* pipe = popen(command.c_str(), "r");
  Must(pipe != nullptr, "cannot run wrk");
  std::string output;
  char piece[4096];
  while (const size_t size = fread(piece, 1, sizeof(piece), pipe)) output.append(piece, size);
  Must(pclose(pipe) == 0, output);
  const size_t at = output.find("ZHENHUI ");
  Must(at != std::string::npos, output);
  std::istringstream line(output.substr(at + 8));
  Load load;
  double bytes = 0;
  double errors = 0;
  line >> load.per_second >> load.median_ms >> load.p99_ms >> bytes >> errors;
  Must(errors == 0, output);
  load.bytes = bytes / (load.per_second * seconds);
  return load;
}

}  // namespace zhenhui::bench
