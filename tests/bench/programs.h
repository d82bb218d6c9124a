#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace zhenhui::bench {

// A program that runs beside us until the end of this object. Its output goes to `log`.
class Beside {
 public:
  // Throws if it cannot be started.
  Beside(const std::vector<std::string>& command, const std::string& log);
  ~Beside();  // asks it to end, and waits
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  // User and system time that it and its children that ended have used, in microseconds.
  double CpuMicroseconds() const;

 private:
  pid_t pid_ = 0;
};

// A port of 127.0.0.1 that nobody listens on now.
int FreePort();

// Returns when something listens there; throws after 30 s.
void AwaitPort(int port);

// What wrk found out.
struct Load {
  double per_second = 0;
  double median_ms = 0;
  double p99_ms = 0;
  double bytes = 0;  // of an answer with its headers, mean
};

// Runs wrk with as many connections against a port for so many seconds; paths in turn from a file, a line
// each. Throws when a request fails.
Load RunWrk(int port, int connections, int seconds, const std::string& script, const std::string& paths,
            const std::string& token);

}  // namespace zhenhui::bench
