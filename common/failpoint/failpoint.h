#pragma once
#include <string_view>

// Failpoints: named places of the code at which a test makes the process die or fail, to prove that what is
// written there is all or nothing. Compiled in, because what is tested should be what is shipped; without the
// variable a failpoint is one read of a constant.
//
//   ZHENHUI_FAILPOINTS="year_end.before_commit=kill"              kill -9 of this process
//   ZHENHUI_FAILPOINTS="year_end.after_events=throw;other=kill"   throws std::runtime_error
//
// Read once, at the first failpoint. For tests only: never set it where records matter. Thread-safe.
namespace zhenhui {

void Failpoint(std::string_view name);

// For tests in one process: replaces what the environment says. Not while other threads pass failpoints.
void SetFailpoints(std::string_view text);

}  // namespace zhenhui
