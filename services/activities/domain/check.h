#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "common/status/reason.h"
#include "common/time/date.h"
#include "services/activities/domain/activity.h"
#include "services/activities/domain/kind_catalogue.h"
#include "services/activities/domain/places.h"

// What may be stored: pure checks that give all violations, not only the first. Field paths start at the
// record.
namespace zhenhui::activities {

inline constexpr size_t kMaxIdBytes = 64;
inline constexpr size_t kMaxTitle = 200;  // this and the following: code points
inline constexpr size_t kMaxNote = 2000;
inline constexpr size_t kMaxPartner = 100;
inline constexpr size_t kMaxUri = 500;
inline constexpr size_t kMaxDescription = 200;
inline constexpr size_t kMaxReason = 500;
inline constexpr size_t kMaxSearchText = 100;
inline constexpr size_t kMaxValues = 16;  // elements of each list

// What a record is checked against.
struct CheckContext {
  std::string_view township;  // 9 digits
  const KindCatalogue& catalogue;
  const Places& places;
  Date today;  // in China
};

// Checks everything about one record and, where it can, completes it: reads the date and makes the content
// canonical. Reasons: ID_INVALID, UNKNOWN_KIND, the measures' reasons of KindCatalogue::Check,
// DATE_MALFORMED, DATE_IN_FUTURE, DATE_BEFORE_DIVISION, DATE_AFTER_DIVISION (of the township or the village),
// VILLAGE_OUTSIDE (of another town), VILLAGE_NOT_FOUND, UNKNOWN_AUDIENCE, UNKNOWN_CHANNEL, DUPLICATE_VALUE,
// TOO_MANY_VALUES, NUL_BYTE, INVALID_UTF8, TEXT_TOO_LONG.
std::vector<FieldViolation> CheckActivity(Draft& draft, const CheckContext& context);

// Whether `violations` say that a village is unknown: the register may have to be asked again.
bool MissesVillage(const std::vector<FieldViolation>& violations);

// ID_INVALID unless 1 to 64 of A-Z a-z 0-9 . _ -
std::optional<FieldViolation> CheckId(std::string_view field, std::string_view id);

// A reason for a correction: REASON_MISSING when it is empty, and the text reasons.
std::optional<FieldViolation> CheckReason(std::string_view reason);

// "2024-03", strictly; INVALID_ARGUMENT, MONTH_MALFORMED.
absl::StatusOr<absl::CivilMonth> ParseMonth(std::string_view text);
std::string FormatMonth(absl::CivilMonth month);

// Reads and checks a month that is to be confirmed: MONTH_MALFORMED, MONTH_IN_FUTURE (it has not yet begun;
// the running month may be confirmed), MONTH_BEFORE_DIVISION, MONTH_AFTER_DIVISION (the township did not
// exist on any of its days).
absl::StatusOr<absl::CivilMonth> CheckMonth(std::string_view text, const Places& places, Date today);

}  // namespace zhenhui::activities
