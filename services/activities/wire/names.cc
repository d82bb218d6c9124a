#include "services/activities/wire/names.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "services/activities/domain/check.h"

namespace zhenhui::activities {
namespace {

constexpr std::string_view kTownships = "townships/";
constexpr std::string_view kActivities = "/activities/";
constexpr std::string_view kDistricts = "districts/";
constexpr std::string_view kTargets = "/targets/";
constexpr size_t kCodeLength = 9;
constexpr size_t kDistrictLength = 6;
constexpr size_t kMaxTargetId = 69;  // a year, a dot, and a metric of 64

absl::Status NameInvalid(std::string_view field, std::string_view form) {
  return InvalidFields({{std::string(field), "NAME_INVALID", absl::StrCat("write ", Absl(form))}});
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

absl::StatusOr<std::string> ParsePlaceName(std::string_view field, std::string_view name) {
  if (name.substr(0, kDistricts.size()) != kDistricts) return ParseTownshipName(field, name);
  const std::string_view code = name.substr(kDistricts.size());
  if (code.size() != kDistrictLength ||
      !std::all_of(code.begin(), code.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    return NameInvalid(field, "districts/630106, with the 6-digit division code");
  }
  return std::string(code);
}

absl::StatusOr<ActivityName> ParseTargetName(std::string_view field, std::string_view name) {
  const std::string_view code = TakeTownship(name);
  const bool form = !code.empty() && name.substr(0, kTargets.size()) == kTargets;
  const std::string_view id = form ? name.substr(kTargets.size()) : std::string_view();
  if (id.empty() || id.size() > kMaxTargetId || id.find('/') != std::string_view::npos) {
    return NameInvalid(field, "townships/630106101/targets/2024.law_lectures");
  }
  return ActivityName{std::string(code), std::string(id)};
}

std::string_view IdInTownship(std::string_view township, std::string_view name) {
  std::string_view rest = name;
  if (TakeTownship(rest) == township && rest.substr(0, kActivities.size()) == kActivities) {
    return rest.substr(kActivities.size());
  }
  return name;
}

std::string TownshipName(std::string_view township) { return absl::StrCat("townships/", Absl(township)); }

std::string ActivityNameOf(std::string_view township, std::string_view id) {
  return absl::StrCat("townships/", Absl(township), "/activities/", Absl(id));
}

std::string TargetName(std::string_view township, std::string_view id) {
  return absl::StrCat("townships/", Absl(township), "/targets/", Absl(id));
}

std::string MonthName(std::string_view township, std::string_view month) {
  return absl::StrCat("townships/", Absl(township), "/monthConfirmations/", Absl(month));
}

}  // namespace zhenhui::activities
