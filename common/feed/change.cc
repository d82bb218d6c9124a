#include "common/feed/change.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace zhenhui::feed {
namespace {

constexpr char kPrefix[] = "townships/";

}  // namespace

std::string TownshipOfName(const std::string& name) {
  if (!absl::StartsWith(name, kPrefix)) return "";
  std::string code = name.substr(sizeof(kPrefix) - 1);
  const bool is_code = code.size() == 9 && code.find_first_not_of("0123456789") == std::string::npos;
  return is_code ? code : "";
}

std::string NameOfTownship(const std::string& township) { return absl::StrCat(kPrefix, township); }

}  // namespace zhenhui::feed
