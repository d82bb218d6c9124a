#include "services/townships/domain/checks.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/text/utf8.h"

namespace zhenhui::townships {
namespace {

using Violations = std::vector<FieldViolation>;

bool IsDigits(std::string_view text, size_t length) {
  return text.size() == length && std::all_of(text.begin(), text.end(), absl::ascii_isdigit);
}

void Add(Violations& out, std::string field, std::string reason, std::string description) {
  out.push_back({std::move(field), std::move(reason), std::move(description)});
}

void CheckName(Violations& out, std::string_view field, std::string_view text, bool required) {
  if (required && text.empty())
    Add(out, std::string(field), "NAME_MISSING", "give the official Chinese name");
  if (auto violation = CheckText(field, text, kMaxNameChars)) out.push_back(*std::move(violation));
}

void CheckValidity(Violations& out, const Validity& validity) {
  if (validity.from && validity.to && *validity.to < *validity.from) {
    Add(out, "valid_to", "DATE_ORDER", "valid_to lies before valid_from; it is the last day, inclusive");
  }
}

void CheckNames(Violations& out, std::string_view zh, std::string_view en) {
  CheckName(out, "display_name_zh", zh, true);
  CheckName(out, "display_name_en", en, false);
}

void Check(Violations& out, const Township& township) {
  if (!IsTownshipCode(township.code)) {
    Add(out, "name", "CODE_INVALID", "a township's code has 9 digits, as in townships/630106101");
  }
  CheckNames(out, township.name_zh, township.name_en);
  if (township.type == TownshipType::kUnspecified) {
    Add(out, "type", "TYPE_MISSING", "say whether it is a town, township, ethnic township or subdistrict");
  }
  CheckValidity(out, township.validity);
}

void Check(Violations& out, const Village& village) {
  if (!IsVillageCode(village.code)) {
    Add(out, "name", "CODE_INVALID", "a village's code has 12 digits that begin with its township's 9");
  }
  CheckNames(out, village.name_zh, village.name_en);
  if (village.type == VillageType::kUnspecified) {
    Add(out, "type", "TYPE_MISSING", "say whether it is a village or a community");
  }
  CheckValidity(out, village.validity);
}

void Check(Violations& out, const Population& population) {
  if (!IsTownshipCode(population.township)) {
    Add(out, "name", "CODE_INVALID", "a township's code has 9 digits");
  }
  if (population.year < 1900 || population.year > 2999) {
    Add(out, "name", "YEAR_INVALID", "the year is between 1900 and 2999");
  }
  if (population.residents < 1 || population.residents > kMaxResidents) {
    Add(out, "residents", "RESIDENTS_RANGE", absl::StrCat("residents are between 1 and ", kMaxResidents));
  }
}

void CheckVillagesOfEntry(Violations& out, const RosterEntry& entry) {
  if (entry.villages.size() > kMaxVillagesOfEntry) {
    Add(out, "villages", "TOO_MANY_VALUES", absl::StrCat("at most ", kMaxVillagesOfEntry, " villages"));
    return;
  }
  for (size_t i = 0; i < entry.villages.size(); ++i) {
    const std::string& code = entry.villages[i];
    const std::string field = absl::StrCat("villages[", i, "]");
    if (!IsVillageCode(code)) {
      Add(out, field, "CODE_INVALID", "a village's code has 12 digits");
    } else if (!absl::StartsWith(code, entry.township)) {
      Add(out, field, "VILLAGE_OUTSIDE", "the village belongs to another township");
    }
  }
  if (std::adjacent_find(entry.villages.begin(), entry.villages.end()) != entry.villages.end()) {
    Add(out, "villages", "DUPLICATE_VALUE", "name each village once");
  }
}

void Check(Violations& out, const RosterEntry& entry) {
  if (!IsTownshipCode(entry.township)) Add(out, "name", "CODE_INVALID", "a township's code has 9 digits");
  if (!IsRecordId(entry.id)) Add(out, "name", "ID_INVALID", "an id is 1 to 64 of A-Z a-z 0-9 . _ -");
  if (entry.role == RosterRole::kUnspecified)
    Add(out, "role", "ROLE_MISSING", "say what the entry stands for");
  CheckVillagesOfEntry(out, entry);
  CheckName(out, "display_name", entry.name, false);
  if (!entry.validity.from) Add(out, "valid_from", "DATE_MISSING", "say from which day it stands");
  CheckValidity(out, entry.validity);
}

}  // namespace

bool IsDistrictCode(std::string_view code) { return IsDigits(code, 6); }
bool IsTownshipCode(std::string_view code) { return IsDigits(code, 9); }
bool IsVillageCode(std::string_view code) { return IsDigits(code, 12); }

bool IsRecordId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdBytes && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  });
}

std::vector<FieldViolation> CheckDistrict(const District& district) {
  Violations out;
  if (!IsDistrictCode(district.code)) {
    Add(out, "name", "CODE_INVALID", "a district's code has 6 digits, as in districts/630106");
  }
  CheckNames(out, district.name_zh, district.name_en);
  CheckValidity(out, district.validity);
  if (district.confirmation_due_day < 1 || district.confirmation_due_day > 28) {
    Add(out, "confirmation_due_day", "DUE_DAY_RANGE", "give a day from 1 to 28, or 0 for the 5th");
  }
  return out;
}

std::vector<FieldViolation> CheckRecord(const Record& record) {
  Violations out;
  std::visit([&out](const auto& value) { Check(out, value); }, record);
  return out;
}

std::vector<FieldViolation> CheckReason(std::string_view reason) {
  Violations out;
  if (reason.empty()) Add(out, "reason", "REASON_MISSING", "say why the record is corrected");
  if (auto violation = CheckText("reason", reason, kMaxReasonChars)) out.push_back(*std::move(violation));
  return out;
}

}  // namespace zhenhui::townships
