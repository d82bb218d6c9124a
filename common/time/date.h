#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"

// Calendar days without a time zone: what officials mean by a date.
namespace zhenhui {

using Date = absl::CivilDay;

// Strictly "YYYY-MM-DD" with a real day of the years 0001 to 9999. INVALID_ARGUMENT, reason MALFORMED_DATE,
// otherwise.
absl::StatusOr<Date> ParseDate(std::string_view text);

// "YYYY-MM-DD"; the year has at least four digits.
std::string FormatDate(Date date);

// Days since 1970-01-01, negative before it.
int32_t ToEpochDays(Date date);
Date FromEpochDays(int32_t days);

// From `begin` to `end`, both inclusive; empty if end < begin.
struct Period {
  Date begin;
  Date end;

  bool Contains(Date date) const { return begin <= date && date <= end; }
  // Number of days; 0 when empty.
  int64_t Days() const { return end < begin ? 0 : end - begin + 1; }
  friend bool operator==(const Period&, const Period&) = default;
};

enum class Bucket { kDay, kWeek, kMonth, kQuarter, kYear };

// The first day of the bucket that holds `date`. A week is an ISO week: it begins on Monday.
Date BucketStart(Date date, Bucket bucket);
// The first day of the bucket after the one that holds `date`.
Date NextBucket(Date date, Bucket bucket);
// The whole bucket that holds `date`.
Period BucketOf(Date date, Bucket bucket);

// "day", "week", "month", "quarter", "year".
std::optional<Bucket> ParseBucket(std::string_view name);
std::string_view BucketName(Bucket bucket);

}  // namespace zhenhui
