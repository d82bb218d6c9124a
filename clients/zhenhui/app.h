#pragma once
#include <ostream>
#include <string>
#include <vector>

#include "common/time/clock.h"

namespace zhenhui::cli {

// The whole program but for the process: parses `arguments` (without the program's name), runs the command
// and returns the exit code (exit_codes.h). Results go to `out`, messages to `err`.
int RunCli(std::vector<std::string> arguments, std::ostream& out, std::ostream& err, bool err_is_terminal,
           const Clock& clock);

}  // namespace zhenhui::cli
