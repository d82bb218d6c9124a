#include "services/reporting/wire/names.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace zhenhui::reporting {
namespace {

std::optional<std::string_view> After(std::string_view prefix, std::string_view name) {
  if (name.substr(0, prefix.size()) != prefix) return std::nullopt;
  return name.substr(prefix.size());
}

std::optional<std::string> Digits(std::string_view prefix, size_t length, std::string_view name) {
  const auto code = After(prefix, name);
  if (!code || code->size() != length) return std::nullopt;
  if (!std::all_of(code->begin(), code->end(),
                   [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); })) {
    return std::nullopt;
  }
  return std::string(*code);
}

}  // namespace

std::string TownshipName(std::string_view code) { return std::string("townships/").append(code); }

std::string VillageName(std::string_view township, std::string_view village) {
  return TownshipName(township).append("/villages/").append(village);
}

std::optional<std::string> ParseDistrictName(std::string_view name) { return Digits("districts/", 6, name); }
std::optional<std::string> ParseTownshipName(std::string_view name) { return Digits("townships/", 9, name); }
std::optional<std::string_view> ParseMetricName(std::string_view name) { return After("metrics/", name); }

std::string_view LastPart(std::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

}  // namespace zhenhui::reporting
