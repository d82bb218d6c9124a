#pragma once
#include <string>

#include "absl/status/statusor.h"

namespace zhenhui::cli {

// Finds the codes of places that people write by name. Not thread-safe.
class Places {
 public:
  virtual ~Places() = default;

  // The 9-digit code of a township. NOT_FOUND, reason UNKNOWN_TOWNSHIP; FAILED_PRECONDITION, reason
  // AMBIGUOUS_PLACE when several have the name; any other error means that the question could not be asked.
  virtual absl::StatusOr<std::string> Township(const std::string& name) = 0;

  // The 12-digit code of a village of a township; `date` (ISO, may be empty) decides between two that bore
  // the same name at different times. NOT_FOUND, reason UNKNOWN_VILLAGE; otherwise as Township.
  virtual absl::StatusOr<std::string> Village(const std::string& township, const std::string& name,
                                              const std::string& date) = 0;
};

// Whether a text consists of exactly `digits` decimal digits.
bool IsCode(const std::string& text, size_t digits);

}  // namespace zhenhui::cli
