#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include <google/protobuf/timestamp.pb.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/status/reason.h"

namespace zhenhui::rpc {

// A moment of the years 0001 to 9999. INVALID_ARGUMENT, TIME_INVALID, naming `field`, for another or an
// absent one (1970-01-01T00:00:00Z, which nobody means, counts as absent).
inline absl::StatusOr<absl::Time> ReadTimestamp(std::string_view field,
                                                const google::protobuf::Timestamp& timestamp) {
  constexpr int64_t kFirst = -62'135'596'800;
  constexpr int64_t kLast = 253'402'300'799;
  const int64_t seconds = timestamp.seconds();
  const int32_t nanos = timestamp.nanos();
  if ((seconds == 0 && nanos == 0) || seconds < kFirst || seconds > kLast || nanos < 0 ||
      nanos > 999'999'999) {
    return InvalidFields({{std::string(field), "TIME_INVALID", "give a moment of the years 0001 to 9999"}});
  }
  return absl::FromUnixSeconds(seconds) + absl::Nanoseconds(nanos);
}

}  // namespace zhenhui::rpc
