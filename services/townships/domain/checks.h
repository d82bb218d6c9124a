#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "common/status/reason.h"
#include "services/townships/domain/records.h"

// What is wrong with a record, as far as the record alone can tell. All violations are returned, with field
// paths relative to the record ("valid_to"). Reasons: CODE_INVALID, VILLAGE_OUTSIDE, ID_INVALID,
// TYPE_MISSING, ROLE_MISSING, NAME_MISSING, DATE_MISSING, DATE_ORDER, YEAR_INVALID, RESIDENTS_RANGE,
// DUE_DAY_RANGE, DUPLICATE_VALUE, TOO_MANY_VALUES and those of CheckText.
namespace zhenhui::townships {

inline constexpr size_t kMaxNameChars = 100;
inline constexpr size_t kMaxReasonChars = 500;
inline constexpr size_t kMaxIdBytes = 64;
inline constexpr size_t kMaxVillagesOfEntry = 100;
inline constexpr int64_t kMaxResidents = 100'000'000;
inline constexpr size_t kMaxImport = 1000;

bool IsDistrictCode(std::string_view code);  // 6 digits
bool IsTownshipCode(std::string_view code);  // 9 digits
bool IsVillageCode(std::string_view code);   // 12 digits
// 1 to 64 of A-Z a-z 0-9 . _ -
bool IsRecordId(std::string_view id);

std::vector<FieldViolation> CheckDistrict(const District& district);
std::vector<FieldViolation> CheckRecord(const Record& record);

// The reason of a correction: REASON_MISSING, or those of CheckText.
std::vector<FieldViolation> CheckReason(std::string_view reason);

}  // namespace zhenhui::townships
