#include "clients/zhenhui/input/resolve.h"

#include <algorithm>

#include "clients/zhenhui/input/normalise.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

void Refuse(InputRecord* record, const std::string& field, const std::string& reason,
            const std::string& detail) {
  record->errors.push_back({field, reason, detail});
}

// Places an answer of `places`: a place that does not exist is the record's fault, a dead line is not.
absl::Status TakePlace(const absl::StatusOr<std::string>& found, const std::string& field,
                       const std::string& text, InputRecord* record, std::string* code) {
  if (found.ok()) {
    *code = *found;
    return absl::OkStatus();
  }
  const std::string reason = ReasonOf(found.status());
  if (reason == "UNKNOWN_TOWNSHIP" || reason == "UNKNOWN_VILLAGE" || reason == "AMBIGUOUS_PLACE") {
    Refuse(record, field, reason, text);
    return absl::OkStatus();
  }
  return found.status();
}

absl::Status ResolveTownship(const std::string& text, const ResolveContext& context, InputRecord* record) {
  std::string half = ToHalfWidth(text);
  constexpr std::string_view kPrefix = "townships/";
  if (half.compare(0, kPrefix.size(), kPrefix) == 0) half.erase(0, kPrefix.size());
  if (half.empty()) {
    record->township = context.default_township;
    if (record->township.empty()) Refuse(record, "township", "TOWNSHIP_MISSING", "");
  } else if (IsCode(half, 9)) {
    record->township = half;
  } else if (IsScientificNotation(half)) {
    Refuse(record, "township", "CODE_RUINED", half);
  } else {
    return TakePlace(context.places->Township(half), "township", text, record, &record->township);
  }
  return absl::OkStatus();
}

absl::Status ResolveVillage(const ResolveContext& context, InputRecord* record) {
  const std::string text = record->activity.village();
  const std::string half = ToHalfWidth(text);
  record->activity.set_village(half);
  if (half.empty() || IsCode(half, 12)) return absl::OkStatus();
  if (IsScientificNotation(half)) {
    Refuse(record, "village", "CODE_RUINED", half);
    return absl::OkStatus();
  }
  if (record->township.empty()) return absl::OkStatus();  // already refused
  std::string code;
  RETURN_IF_ERROR(TakePlace(context.places->Village(record->township, half, record->activity.date()),
                            "village", text, record, &code));
  record->activity.set_village(code);
  return absl::OkStatus();
}

template <typename Find>
void ResolveTerms(const std::string& field, const std::string& reason, Find find,
                  google::protobuf::RepeatedPtrField<std::string>* terms, InputRecord* record) {
  google::protobuf::RepeatedPtrField<std::string> codes;
  for (const std::string& text : *terms) {
    const auto code = find(text);
    if (!code.has_value()) {
      Refuse(record, field, reason, text);
    } else if (std::find(codes.begin(), codes.end(), *code) == codes.end()) {
      codes.Add(std::string(*code));
    }
  }
  *terms = std::move(codes);
}

void ResolveKindAndDate(const ResolveContext& context, InputRecord* record) {
  activities::v1::Activity& activity = record->activity;
  if (Trim(activity.kind()).empty()) {
    Refuse(record, "kind", "KIND_MISSING", "");
  } else if (const auto kind = context.catalogue->Kind(activity.kind()); kind.has_value()) {
    activity.set_kind(*kind);
  } else {
    Refuse(record, "kind", "UNKNOWN_KIND", activity.kind());
  }
  if (const auto date = NormaliseDate(activity.date()); date.has_value()) {
    activity.set_date(*date);
  } else {
    Refuse(record, "date", "MALFORMED_DATE", activity.date());
  }
}

}  // namespace

absl::Status Resolve(const std::string& township, const ResolveContext& context, InputRecord* record) {
  RETURN_IF_ERROR(ResolveTownship(township, context, record));
  ResolveKindAndDate(context, record);
  RETURN_IF_ERROR(ResolveVillage(context, record));
  const Catalogue& catalogue = *context.catalogue;
  ResolveTerms(
      "audiences", "UNKNOWN_AUDIENCE", [&](const std::string& text) { return catalogue.Audience(text); },
      record->activity.mutable_audiences(), record);
  ResolveTerms(
      "channels", "UNKNOWN_CHANNEL", [&](const std::string& text) { return catalogue.Channel(text); },
      record->activity.mutable_channels(), record);
  return absl::OkStatus();
}

bool IsCode(const std::string& text, size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789") == std::string::npos;
}

}  // namespace zhenhui::cli
