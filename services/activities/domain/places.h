#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/time/date.h"

namespace zhenhui::activities {

// From when to when a division code exists, both days inclusive; empty is "always" and "still".
struct Validity {
  std::optional<Date> from;
  std::optional<Date> to;
};

// The day of the next month up to which a month is confirmed in time, where a district has no rule of its
// own.
inline constexpr int kDefaultDueDay = 5;

// One township with its villages, of all times.
struct Places {
  Validity township;
  std::string name_zh;
  int confirmation_due_day = kDefaultDueDay;              // its district's rule, see DueDate (completeness.h)
  std::map<std::string, Validity, std::less<>> villages;  // by 12-digit code
};

// The register of places, which the townships service keeps. Implementations are thread-safe and may block.
class PlaceRegister {
 public:
  enum class Freshness {
    kCached,   // may be up to a minute old
    kRefresh,  // for a place that was not found: asks again, though at most once a second for each township
  };
  virtual ~PlaceRegister() = default;

  // Errors: NOT_FOUND, TOWNSHIP_NOT_FOUND; UNAVAILABLE, REGISTER_UNAVAILABLE, with a retry delay.
  virtual absl::StatusOr<std::shared_ptr<const Places>> Get(std::string_view township, Freshness freshness,
                                                            absl::Time deadline) = 0;

  // Codes of all townships of a district (6 digits), of all times, ascending; asked anew each time. Errors:
  // NOT_FOUND, DISTRICT_NOT_FOUND; UNAVAILABLE, REGISTER_UNAVAILABLE.
  virtual absl::StatusOr<std::vector<std::string>> TownshipsOf(std::string_view district,
                                                               absl::Time deadline) = 0;
};

}  // namespace zhenhui::activities
