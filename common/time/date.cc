#include "common/time/date.h"

#include <array>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"

namespace zhenhui {
namespace {

constexpr std::array<std::pair<std::string_view, Bucket>, 5> kBuckets = {{
    {"day", Bucket::kDay},
    {"week", Bucket::kWeek},
    {"month", Bucket::kMonth},
    {"quarter", Bucket::kQuarter},
    {"year", Bucket::kYear},
}};

// -1 if `text` is not all digits.
int ParseDigits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

absl::CivilMonth FirstMonthOfQuarter(Date date) {
  return absl::CivilMonth(date.year(), (date.month() - 1) / 3 * 3 + 1);
}

}  // namespace

absl::StatusOr<Date> ParseDate(std::string_view text) {
  const auto malformed = [&](std::string_view what) {
    // The input may be long or binary: only what looks like a date is repeated.
    const std::string shown =
        text.size() == 10 && text.find_first_not_of("0123456789-") == std::string_view::npos
            ? absl::StrCat(" (\"", Absl(text), "\")")
            : "";
    return Error(absl::StatusCode::kInvalidArgument, "MALFORMED_DATE", absl::StrCat(Absl(what), shown));
  };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return malformed("a date is written YYYY-MM-DD");
  const int year = ParseDigits(text.substr(0, 4));
  const int month = ParseDigits(text.substr(5, 2));
  const int day = ParseDigits(text.substr(8, 2));
  if (year < 0 || month < 0 || day < 0) return malformed("a date is written YYYY-MM-DD");
  const Date date(year, month, day);
  // CivilDay turns 02-30 into 03-01: a day that does not exist comes back changed.
  if (year == 0 || date.year() != year || date.month() != month || date.day() != day) {
    return malformed("there is no such day");
  }
  return date;
}

std::string FormatDate(Date date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

int32_t ToEpochDays(Date date) { return static_cast<int32_t>(date - Date(1970, 1, 1)); }

Date FromEpochDays(int32_t days) { return Date(1970, 1, 1) + days; }

Date BucketStart(Date date, Bucket bucket) {
  switch (bucket) {
    case Bucket::kDay:
      return date;
    case Bucket::kWeek:
      return absl::PrevWeekday(date + 1, absl::Weekday::monday);
    case Bucket::kMonth:
      return Date(absl::CivilMonth(date));
    case Bucket::kQuarter:
      return Date(FirstMonthOfQuarter(date));
    case Bucket::kYear:
      return Date(absl::CivilYear(date));
  }
  return date;
}

Date NextBucket(Date date, Bucket bucket) {
  switch (bucket) {
    case Bucket::kDay:
      return date + 1;
    case Bucket::kWeek:
      return absl::NextWeekday(date, absl::Weekday::monday);
    case Bucket::kMonth:
      return Date(absl::CivilMonth(date) + 1);
    case Bucket::kQuarter:
      return Date(FirstMonthOfQuarter(date) + 3);
    case Bucket::kYear:
      return Date(absl::CivilYear(date) + 1);
  }
  return date;
}

Period BucketOf(Date date, Bucket bucket) {
  return {.begin = BucketStart(date, bucket), .end = NextBucket(date, bucket) - 1};
}

std::optional<Bucket> ParseBucket(std::string_view name) {
  for (const auto& [known, bucket] : kBuckets) {
    if (known == name) return bucket;
  }
  return std::nullopt;
}

std::string_view BucketName(Bucket bucket) {
  for (const auto& [name, known] : kBuckets) {
    if (known == bucket) return name;
  }
  return "";
}

}  // namespace zhenhui
