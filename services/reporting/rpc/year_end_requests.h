#pragma once
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/auth/claims.h"
#include "services/reporting/domain/year_end/year_end_store.h"
#include "services/reporting/rpc/requests.h"

// Pure checks of year-end requests.
namespace zhenhui::reporting {

// "districts/630106/yearEnds/2024". INVALID_ARGUMENT, NAME_INVALID, at `field`.
absl::StatusOr<YearKey> ReadYearEndName(std::string_view name, std::string_view field = "name");
// The same, and the token must cover the district: PERMISSION_DENIED, OUT_OF_SCOPE.
absl::StatusOr<YearKey> ReadYearEnd(const auth::Claims& claims, std::string_view name,
                                    std::string_view field = "name");
// A town of the district, 9 digits, covered by the token. INVALID_ARGUMENT, NAME_INVALID; OUT_OF_SCOPE.
absl::Status CheckTown(const auth::Claims& claims, const YearKey& key, const std::string& township);
// 64 hex digits. INVALID_ARGUMENT, DIGEST_INVALID.
absl::Status CheckDigest(const std::string& digest);
// At most 500 characters of UTF-8 without NUL; `required`: at least one that is no space. INVALID_ARGUMENT:
// TEXT_TOO_LONG, REASON_MISSING.
absl::Status CheckText(std::string_view field, const std::string& text, bool required);

}  // namespace zhenhui::reporting
