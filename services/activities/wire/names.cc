#include "services/activities/wire/names.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/reason.h"
#include "services/activities/domain/check.h"

namespace zhenhui::activities {
namespace {

constexpr std::string_view kTownships = "townships/";
constexpr std::string_view kActivities = "/activities/";
constexpr size_t kCodeLength = 9;

absl::string_view ToAbsl(std::string_view text) { return {text.data(), text.size()}; }

absl::Status NameInvalid(std::string_view field, std::string_view form) {
  return InvalidFields({{std::string(field), "NAME_INVALID", absl::StrCat("write ", ToAbsl(form))}});
}

// Takes "townships/630106101" off the front; empty if it is not there.
std::string_view TakeTownship(std::string_view& name) {
  if (name.substr(0, kTownships.size()) != kTownships || name.size() < kTownships.size() + kCodeLength)
    return {};
  const std::string_view code = name.substr(kTownships.size(), kCodeLength);
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
  name.remove_prefix(kTownships.size() + kCodeLength);
  return code;
}

}  // namespace

absl::StatusOr<std::string> ParseTownshipName(std::string_view field, std::string_view name) {
  const std::string_view code = TakeTownship(name);
  if (code.empty() || !name.empty())
    return NameInvalid(field, "townships/630106101, with the 9-digit division code");
  return std::string(code);
}

absl::StatusOr<ActivityName> ParseActivityName(std::string_view field, std::string_view name) {
  const std::string_view code = TakeTownship(name);
  if (code.empty() || name.substr(0, kActivities.size()) != kActivities ||
      CheckId(field, name.substr(kActivities.size())).has_value()) {
    return NameInvalid(field,
                       "townships/630106101/activities/{id}, the id with 1 to 64 of A-Z a-z 0-9 . _ -");
  }
  return ActivityName{std::string(code), std::string(name.substr(kActivities.size()))};
}

std::string_view IdInTownship(std::string_view township, std::string_view name) {
  std::string_view rest = name;
  if (TakeTownship(rest) == township && rest.substr(0, kActivities.size()) == kActivities) {
    return rest.substr(kActivities.size());
  }
  return name;
}

std::string TownshipName(std::string_view township) { return absl::StrCat("townships/", ToAbsl(township)); }

std::string ActivityNameOf(std::string_view township, std::string_view id) {
  return absl::StrCat("townships/", ToAbsl(township), "/activities/", ToAbsl(id));
}

std::string MonthName(std::string_view township, std::string_view month) {
  return absl::StrCat("townships/", ToAbsl(township), "/monthConfirmations/", ToAbsl(month));
}

}  // namespace zhenhui::activities
