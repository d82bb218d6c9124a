#include <unistd.h>

#include <csignal>
#include <iostream>

#include "clients/zhenhui/app.h"

int main(int argc, char** argv) {
  // `zhenhui ... | head` must end quietly with an error on its stream, not by a signal in the middle of a
  // push.
  std::signal(SIGPIPE, SIG_IGN);
  const zhenhui::SystemClock clock;
  return zhenhui::cli::RunCli({argv + 1, argv + argc}, std::cout, std::cerr, isatty(STDERR_FILENO) == 1,
                              clock);
}
