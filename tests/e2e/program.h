#pragma once
#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"

namespace zhenhui::e2e {

using Environment = std::map<std::string, std::string>;

// A folder of the test's own below /tmp, which other users may pass through; removed at the end.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

std::string ReadFile(const std::string& path);
void WriteFile(const std::string& path, const std::string& text);
// The mode of a file or folder, such as 0600; -1 when it is not there.
int ModeOf(const std::string& path);

// One of the product's own programs (of $ZHENHUI_BIN_DIR), or any other by its path, as a child process.
// Failures to start throw std::runtime_error. Stopped at the end of the object's life.
class Program {
 public:
  // Output goes to `log`. `environment` is added to ours.
  Program(const std::string& name, const std::vector<std::string>& arguments, const std::string& log,
          const Environment& environment = {});
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  pid_t pid() const { return pid_; }
  bool running();
  void Signal(int signal) const;
  // The exit code, or 128 + the signal; -1 when it still runs after `patience`.
  int AwaitEnd(absl::Duration patience = absl::Seconds(60));

 private:
  pid_t pid_ = -1;
  int result_ = -1;
};

struct Outcome {
  int code = 0;
  std::string out;  // standard output
  std::string err;  // standard error
};

// Runs a program to its end, a minute at most.
Outcome RunProgram(const std::string& name, const std::vector<std::string>& arguments,
                   const Environment& environment = {});

}  // namespace zhenhui::e2e
