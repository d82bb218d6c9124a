#include "services/activities/domain/check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/absl_view.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"

namespace zhenhui::activities {
namespace {

using Violations = std::vector<FieldViolation>;

void Add(Violations& out, std::optional<FieldViolation> violation) {
  if (violation.has_value()) out.push_back(*std::move(violation));
}

bool Digits(std::string_view text, size_t count) {
  return text.size() == count &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void CheckInside(const char* place, const Validity& validity, Date date, Violations& out) {
  if (validity.from.has_value() && date < *validity.from) {
    out.push_back({"date", "DATE_BEFORE_DIVISION",
                   absl::StrCat("the ", place, " exists from ", FormatDate(*validity.from), " on")});
  }
  if (validity.to.has_value() && date > *validity.to) {
    out.push_back({"date", "DATE_AFTER_DIVISION",
                   absl::StrCat("the ", place, " existed until ", FormatDate(*validity.to))});
  }
}

void CheckDateAndPlace(Draft& draft, const CheckContext& context, Violations& out) {
  const absl::StatusOr<Date> date = ParseDate(draft.date_text);
  if (!date.ok()) {
    out.push_back({"date", "DATE_MALFORMED", "write a day as 2024-03-05"});
  } else {
    draft.content.date = *date;
    if (*date > context.today) {
      out.push_back(
          {"date", "DATE_IN_FUTURE", absl::StrCat("today is ", FormatDate(context.today), " in China")});
    }
    CheckInside("township", context.places.township, *date, out);
  }
  const std::string& village = draft.content.village;
  if (village.empty()) return;
  if (!Digits(village, 12) || village.compare(0, context.township.size(), context.township) != 0) {
    out.push_back({"village", "VILLAGE_OUTSIDE",
                   "give the 12-digit code of a village of township " + std::string(context.township)});
    return;
  }
  const auto found = context.places.villages.find(village);
  if (found == context.places.villages.end()) {
    out.push_back({"village", "VILLAGE_NOT_FOUND", "the register of places has no such village"});
  } else if (date.ok()) {
    CheckInside("village", found->second, *date, out);
  }
}

void CheckCount(const char* field, size_t count, Violations& out) {
  if (count > kMaxValues) {
    out.push_back({field, "TOO_MANY_VALUES", absl::StrCat("at most ", kMaxValues, " values are allowed")});
  }
}

std::string At(const char* field, size_t index) { return absl::StrCat(field, "[", index, "]"); }

// What the catalogue knows by another word becomes its code: stored, compared and counted are codes alone.
void ResolveWords(const KindCatalogue& catalogue, Activity& a) {
  if (catalogue.Find(a.kind) == nullptr) {
    if (const Kind* kind = catalogue.FindByWord(a.kind)) a.kind = kind->code;
  }
  for (size_t i = 0; i < std::min(a.audiences.size(), kMaxValues); ++i) {
    if (!catalogue.CheckAudience("", a.audiences[i])) continue;
    if (const Term* term = catalogue.FindAudienceByWord(a.audiences[i])) a.audiences[i] = term->code;
  }
  for (size_t i = 0; i < std::min(a.channels.size(), kMaxValues); ++i) {
    if (!catalogue.CheckChannel("", a.channels[i])) continue;
    if (const Term* term = catalogue.FindChannelByWord(a.channels[i])) a.channels[i] = term->code;
  }
}

// Codes of the catalogue, or ids, without repeats.
template <typename CheckCode>
void CheckCodes(const char* field, const std::vector<std::string>& codes, CheckCode check, Violations& out) {
  CheckCount(field, codes.size(), out);
  for (size_t i = 0; i < std::min(codes.size(), kMaxValues); ++i) {
    Add(out, check(codes[i], i));
    if (std::find(codes.begin(), codes.begin() + static_cast<ptrdiff_t>(i), codes[i]) !=
        codes.begin() + static_cast<ptrdiff_t>(i)) {
      out.push_back({At(field, i), "DUPLICATE_VALUE", "give each value once"});
    }
  }
}

void CheckTexts(const Activity& a, Violations& out) {
  Add(out, CheckText("title", a.title, kMaxTitle));
  Add(out, CheckText("note", a.note, kMaxNote));
  CheckCount("partners", a.partners.size(), out);
  for (size_t i = 0; i < std::min(a.partners.size(), kMaxValues); ++i) {
    if (auto violation = CheckText("", a.partners[i], kMaxPartner)) {
      violation->field = At("partners", i);
      out.push_back(*std::move(violation));
    }
  }
  CheckCount("evidence", a.evidence.size(), out);
  for (size_t i = 0; i < std::min(a.evidence.size(), kMaxValues); ++i) {
    const Evidence& evidence = a.evidence[i];
    for (const auto& [name, text, limit] :
         {std::tuple{".uri", &evidence.uri, kMaxUri},
          std::tuple{".description", &evidence.description, kMaxDescription}}) {
      if (auto violation = CheckText("", *text, limit)) {
        violation->field = At("evidence", i) + name;
        out.push_back(*std::move(violation));
      }
    }
  }
}

void CheckMeasures(const Activity& a, const KindCatalogue& catalogue, Violations& out) {
  std::vector<MeasureValue> values;
  values.reserve(a.measures.size());
  for (const MeasureAmount& measure : a.measures) values.push_back({measure.code, measure.value});
  Violations found = catalogue.Check(a.kind, values);
  std::move(found.begin(), found.end(), std::back_inserter(out));
}

}  // namespace

std::vector<FieldViolation> CheckActivity(Draft& draft, const CheckContext& context) {
  Violations out;
  if (!draft.malformed_field.empty()) {
    out.push_back({draft.malformed_field, "INVALID_UTF8", "texts must be valid UTF-8"});
    return out;
  }
  Activity& a = draft.content;
  ResolveWords(context.catalogue, a);
  Add(out, CheckId("name", a.id));
  // Before the default of `occurrences` is written out: a broken rule is told of what the client gave.
  CheckMeasures(a, context.catalogue, out);
  CheckDateAndPlace(draft, context, out);
  CheckCodes(
      "audiences", a.audiences,
      [&](std::string_view code, size_t i) {
        return context.catalogue.CheckAudience(At("audiences", i), code);
      },
      out);
  CheckCodes(
      "channels", a.channels,
      [&](std::string_view code, size_t i) {
        return context.catalogue.CheckChannel(At("channels", i), code);
      },
      out);
  CheckCodes(
      "roster_entries", a.roster_entries,
      [&](std::string_view id, size_t i) { return CheckId(At("roster_entries", i), id); }, out);
  CheckTexts(a, out);
  if (out.empty()) Canonicalise(a);
  return out;
}

bool MissesVillage(const std::vector<FieldViolation>& violations) {
  return std::any_of(violations.begin(), violations.end(),
                     [](const FieldViolation& v) { return v.reason == "VILLAGE_NOT_FOUND"; });
}

std::optional<FieldViolation> CheckId(std::string_view field, std::string_view id) {
  const auto allowed = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  };
  if (!id.empty() && id.size() <= kMaxIdBytes && std::all_of(id.begin(), id.end(), allowed))
    return std::nullopt;
  return FieldViolation{
      std::string(field), "ID_INVALID",
      "the id has 1 to 64 of A-Z a-z 0-9 . _ - and a full name lies in the parent township"};
}

std::optional<FieldViolation> CheckReason(std::string_view reason) {
  if (reason.empty()) {
    return FieldViolation{"reason", "REASON_MISSING", "say why the record is corrected or deleted"};
  }
  return CheckText("reason", reason, kMaxReason);
}

absl::StatusOr<absl::CivilMonth> ParseMonth(std::string_view text) {
  const absl::StatusOr<Date> first = ParseDate(absl::StrCat(Absl(text), "-01"));
  if (!first.ok()) return InvalidFields({{"month", "MONTH_MALFORMED", "write a month as 2024-03"}});
  return absl::CivilMonth(*first);
}

std::string FormatMonth(absl::CivilMonth month) {
  return absl::StrFormat("%04d-%02d", month.year(), month.month());
}

absl::StatusOr<absl::CivilMonth> CheckMonth(std::string_view text, const Places& places, Date today) {
  ASSIGN_OR_RETURN(const absl::CivilMonth month, ParseMonth(text));
  if (Date(month) > today) {
    return InvalidFields({{"month", "MONTH_IN_FUTURE", "a month can be confirmed once it has begun"}});
  }
  if (places.township.from.has_value() && Date(month + 1) <= *places.township.from) {
    return InvalidFields({{"month", "MONTH_BEFORE_DIVISION", "the township did not exist yet"}});
  }
  if (places.township.to.has_value() && Date(month) > *places.township.to) {
    return InvalidFields({{"month", "MONTH_AFTER_DIVISION", "the township did not exist any more"}});
  }
  return month;
}

}  // namespace zhenhui::activities
