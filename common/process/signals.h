#pragma once

#include <csignal>

namespace zhenhui::process {

// Blocks SIGTERM and SIGINT, and ignores SIGPIPE. Call it first in main(): threads started later inherit the
// mask.
sigset_t BlockStopSignals();

// Waits for one of the blocked signals; returns its number.
int WaitForStop(const sigset_t& signals);

}  // namespace zhenhui::process
