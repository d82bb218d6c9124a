#include "services/reporting/rpc/year_end_requests.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "common/digest/sha256.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

constexpr int64_t kMostCharacters = 500;
constexpr std::string_view kYearEnds = "/yearEnds/";

absl::Status NoName(std::string_view field, const char* why) {
  return InvalidFields({{std::string(field), "NAME_INVALID", why}});
}

bool AllDigits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

absl::StatusOr<YearKey> ReadYearEndName(std::string_view name, std::string_view field) {
  const size_t at = name.find(kYearEnds);
  const auto district = ParseDistrictName(name.substr(0, at));
  const std::string_view year = at == std::string_view::npos ? "" : name.substr(at + kYearEnds.size());
  YearKey key;
  if (!district || year.size() != 4 || !AllDigits(year) || !absl::SimpleAtoi(std::string(year), &key.year) ||
      key.year < 1 || key.year > 9998) {
    return NoName(field, "a year end is named districts/630106/yearEnds/2024");
  }
  key.district = *district;
  return key;
}

absl::StatusOr<YearKey> ReadYearEnd(const auth::Claims& claims, std::string_view name,
                                    std::string_view field) {
  ASSIGN_OR_RETURN(YearKey key, ReadYearEndName(name, field));
  RETURN_IF_ERROR(auth::RequireScope(claims, key.district));
  return key;
}

absl::Status CheckTown(const auth::Claims& claims, const YearKey& key, const std::string& township) {
  if (township.size() != 9 || !AllDigits(township) || !township.starts_with(key.district))
    return NoName("township", "a township of the district has 9 digits that begin with the district's");
  return auth::RequireScope(claims, township);
}

absl::Status CheckDigest(const std::string& digest) {
  if (IsSha256Hex(digest)) return absl::OkStatus();
  return InvalidFields({{"digest", "DIGEST_INVALID", "give the digest that you saw: 64 hex digits"}});
}

absl::Status CheckText(std::string_view field, const std::string& text, bool required) {
  const auto characters = std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  if (characters > kMostCharacters || text.find('\0') != std::string::npos)
    return InvalidFields({{std::string(field), "TEXT_TOO_LONG", "at most 500 characters, none of them NUL"}});
  if (required &&
      std::all_of(text.begin(), text.end(), [](unsigned char c) { return absl::ascii_isspace(c); }))
    return InvalidFields({{std::string(field), "REASON_MISSING", "say why"}});
  return absl::OkStatus();
}

}  // namespace zhenhui::reporting
