#pragma once
#include <optional>
#include <string>
#include <string_view>

// Resource names: "districts/630106", "townships/630106101", "townships/630106101/villages/630106101201",
// "townships/630106101/populations/2024", "townships/630106101/rosterEntries/{id}".
namespace zhenhui::townships {

// The parts of a name below a township.
struct ChildName {
  std::string township;
  std::string id;
};

// The code in "districts/{code}" or "townships/{code}"; absent when the text is no such name. Codes are
// checked for their form.
std::optional<std::string> ParseDistrictName(std::string_view name);
std::optional<std::string> ParseTownshipName(std::string_view name);
// `collection` is "villages", "populations" or "rosterEntries". The id is not checked.
std::optional<ChildName> ParseChildName(std::string_view name, std::string_view collection);

std::string DistrictName(std::string_view code);
std::string TownshipName(std::string_view code);
std::string ChildNameOf(std::string_view township, std::string_view collection, std::string_view id);

}  // namespace zhenhui::townships
