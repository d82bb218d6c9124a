#pragma once
#include <stdexcept>
#include <string>
#include <utility>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

// A benchmark has nothing to do after an error: these throw std::runtime_error, which ends it with the
// reason.
namespace zhenhui::bench {

inline void Must(const absl::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.ToString());
}
inline void Must(const grpc::Status& status) {
  if (!status.ok()) throw std::runtime_error(status.error_message());
}
inline void Must(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error(what);
}
template <typename Value>
Value Must(absl::StatusOr<Value> value) {
  Must(value.status());
  return *std::move(value);
}

}  // namespace zhenhui::bench
