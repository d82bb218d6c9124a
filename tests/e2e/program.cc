#include "tests/e2e/program.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "absl/time/clock.h"

namespace zhenhui::e2e {
namespace {

std::string PathOf(const std::string& name) {
  if (name.find('/') != std::string::npos) return name;
  const char* folder = std::getenv("ZHENHUI_BIN_DIR");
  const std::string path = std::string(folder == nullptr ? "bin" : folder) + "/" + name;
  if (access(path.c_str(), X_OK) != 0) throw std::runtime_error("no program " + path);
  return path;
}

std::vector<std::string> FullEnvironment(const Environment& added) {
  std::vector<std::string> all;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!added.contains(text.substr(0, text.find('=')))) all.push_back(text);
  }
  for (const auto& [name, value] : added) all.push_back(name + "=" + value);
  return all;
}

std::vector<char*> Pointers(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

pid_t Spawn(const std::string& path, const std::vector<std::string>& arguments, const std::string& out_file,
            const std::string& err_file, const Environment& environment) {
  std::vector<std::string> words = {path};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const std::vector<std::string> variables = FullEnvironment(environment);
  const std::vector<char*> argv = Pointers(words);
  const std::vector<char*> envp = Pointers(variables);
  const int out = open(out_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const int err = open(err_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  const pid_t child = fork();
  if (child == 0) {
    if (dup2(out, 1) < 0 || dup2(err, 2) < 0) _exit(126);
    execve(argv[0], argv.data(), envp.data());
    _exit(127);
  }
  close(out);
  close(err);
  if (child < 0) throw std::runtime_error("cannot fork");
  return child;
}

}  // namespace

TempFolder::TempFolder() {
  char folder[] = "/tmp/zhenhui-e2e-XXXXXX";
  if (mkdtemp(folder) == nullptr || chmod(folder, 0711) != 0)
    throw std::runtime_error("cannot make a folder");
  path_ = folder;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

void WriteFile(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

int ModeOf(const std::string& path) {
  struct stat info = {};
  return stat(path.c_str(), &info) == 0 ? static_cast<int>(info.st_mode & 07777) : -1;
}

Program::Program(const std::string& name, const std::vector<std::string>& arguments, const std::string& log,
                 const Environment& environment)
    : pid_(Spawn(PathOf(name), arguments, log, log, environment)) {}

Program::~Program() {
  // In order first, so that nothing still writes to a folder that is about to be removed.
  for (const int signal : {SIGTERM, SIGKILL}) {
    if (!running()) return;
    Signal(signal);
    AwaitEnd(absl::Seconds(30));
  }
}

bool Program::running() { return AwaitEnd(absl::ZeroDuration()) < 0; }

void Program::Signal(int signal) const { kill(pid_, signal); }

int Program::AwaitEnd(absl::Duration patience) {
  const absl::Time give_up = absl::Now() + patience;
  while (result_ < 0) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      result_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    } else if (absl::Now() >= give_up) {
      return -1;
    } else {
      absl::SleepFor(absl::Milliseconds(10));
    }
  }
  return result_;
}

Outcome RunProgram(const std::string& name, const std::vector<std::string>& arguments,
                   const Environment& environment) {
  const TempFolder folder;
  const pid_t child = Spawn(PathOf(name), arguments, folder / "out", folder / "err", environment);
  int status = 0;
  const absl::Time give_up = absl::Now() + absl::Minutes(1);
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (absl::Now() > give_up) kill(child, SIGKILL);
    absl::SleepFor(absl::Milliseconds(2));
  }
  return {.code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
          .out = ReadFile(folder / "out"),
          .err = ReadFile(folder / "err")};
}

}  // namespace zhenhui::e2e
