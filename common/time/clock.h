#pragma once
#include "absl/time/time.h"
#include "common/time/date.h"

namespace zhenhui {

// The day in Asia/Shanghai at an instant. China keeps UTC+8 all year, so no time zone files are needed.
Date DateInChina(absl::Time time);

// Where "now" comes from; the domain never asks the machine. Implementations are thread-safe.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual absl::Time Now() const = 0;
  // Today's date in Asia/Shanghai.
  Date Today() const { return DateInChina(Now()); }
};

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

}  // namespace zhenhui
