#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

// Resource names: "townships/630106101", "townships/630106101/activities/{id}",
// "townships/630106101/monthConfirmations/2024-03", "townships/630106101/targets/2024.law_lectures".
namespace zhenhui::activities {

struct ActivityName {
  std::string township;  // 9 digits
  std::string id;        // as it came; see CheckId
};

// The nine digits of "townships/{code}". INVALID_ARGUMENT, NAME_INVALID, naming `field`.
absl::StatusOr<std::string> ParseTownshipName(std::string_view field, std::string_view name);

// INVALID_ARGUMENT, NAME_INVALID, naming `field`. The id is checked.
absl::StatusOr<ActivityName> ParseActivityName(std::string_view field, std::string_view name);

// The id of a record that is pushed to `township`: of its full name, or the bare id as it stands. A name in
// another township stays whole, and is no valid id.
std::string_view IdInTownship(std::string_view township, std::string_view name);

// The digits of "townships/{code}" (9) or "districts/{code}" (6): a prefix of division codes.
// INVALID_ARGUMENT, NAME_INVALID, naming `field`.
absl::StatusOr<std::string> ParsePlaceName(std::string_view field, std::string_view name);

// INVALID_ARGUMENT, NAME_INVALID, naming `field`. The id has the form of one, whether it says a year and a
// metric or not.
absl::StatusOr<ActivityName> ParseTargetName(std::string_view field, std::string_view name);

std::string TownshipName(std::string_view township);
std::string ActivityNameOf(std::string_view township, std::string_view id);
std::string TargetName(std::string_view township, std::string_view id);
std::string MonthName(std::string_view township, std::string_view month);

}  // namespace zhenhui::activities
