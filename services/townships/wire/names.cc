#include "services/townships/wire/names.h"

#include "absl/strings/str_cat.h"
#include "services/townships/domain/checks.h"

namespace zhenhui::townships {
namespace {

constexpr std::string_view kDistricts = "districts/";
constexpr std::string_view kTownships = "townships/";

bool Consume(std::string_view& text, std::string_view prefix) {
  if (text.substr(0, prefix.size()) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

absl::string_view Piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

std::optional<std::string> ParseDistrictName(std::string_view name) {
  if (!Consume(name, kDistricts) || !IsDistrictCode(name)) return std::nullopt;
  return std::string(name);
}

std::optional<std::string> ParseTownshipName(std::string_view name) {
  if (!Consume(name, kTownships) || !IsTownshipCode(name)) return std::nullopt;
  return std::string(name);
}

std::optional<ChildName> ParseChildName(std::string_view name, std::string_view collection) {
  if (!Consume(name, kTownships)) return std::nullopt;
  const size_t slash = name.find('/');
  if (slash == std::string_view::npos || !IsTownshipCode(name.substr(0, slash))) return std::nullopt;
  const std::string_view township = name.substr(0, slash);
  name.remove_prefix(slash + 1);
  if (!Consume(name, collection) || !Consume(name, "/")) return std::nullopt;
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  return ChildName{std::string(township), std::string(name)};
}

std::string DistrictName(std::string_view code) { return absl::StrCat(Piece(kDistricts), Piece(code)); }
std::string TownshipName(std::string_view code) { return absl::StrCat(Piece(kTownships), Piece(code)); }
std::string ChildNameOf(std::string_view township, std::string_view collection, std::string_view id) {
  return absl::StrCat(Piece(kTownships), Piece(township), "/", Piece(collection), "/", Piece(id));
}

}  // namespace zhenhui::townships
