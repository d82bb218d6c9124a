#pragma once
#include <optional>
#include <string>
#include <string_view>

// Resource names: "districts/630106", "townships/630106101", "metrics/law_lectures".
namespace zhenhui::reporting {

std::string TownshipName(std::string_view code);
std::string VillageName(std::string_view township, std::string_view village);
// The code in a name; nothing if the text is no such name (6 and 9 digits).
std::optional<std::string> ParseDistrictName(std::string_view name);
std::optional<std::string> ParseTownshipName(std::string_view name);
// The code in "metrics/{code}"; nothing without the prefix. Whether there is such a metric is not looked at.
std::optional<std::string_view> ParseMetricName(std::string_view name);
// What follows the last '/': the id of any resource.
std::string_view LastPart(std::string_view name);

}  // namespace zhenhui::reporting
