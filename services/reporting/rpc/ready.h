#pragma once
#include <functional>

#include "absl/status/status.h"

namespace zhenhui::reporting {

// Whether figures can be given: UNAVAILABLE, NOT_LOADED; FAILED_PRECONDITION, CATALOGUE_MISMATCH.
// Thread-safe.
using Ready = std::function<absl::Status()>;

}  // namespace zhenhui::reporting
