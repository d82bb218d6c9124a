#include "services/townships/rpc/requests.h"

#include <algorithm>

#include <google/protobuf/util/field_mask_util.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/reason.h"
#include "services/townships/wire/names.h"

namespace zhenhui::townships {
namespace {

absl::Status Invalid(std::string_view field, const char* reason, std::string description) {
  return InvalidFields({{std::string(field), reason, std::move(description)}});
}

zhenhui::common::v1::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return zhenhui::common::v1::OUTCOME_CREATED;
    case Outcome::kUpdated:
      return zhenhui::common::v1::OUTCOME_UPDATED;
    case Outcome::kUnchanged:
      return zhenhui::common::v1::OUTCOME_UNCHANGED;
    case Outcome::kRefused:
      break;
  }
  return zhenhui::common::v1::OUTCOME_REFUSED;
}

}  // namespace

absl::StatusOr<std::string> RequireTownshipName(std::string_view field, const std::string& name) {
  if (auto code = ParseTownshipName(name)) return *std::move(code);
  return Invalid(field, "NAME_INVALID", "the name has the form townships/630106101");
}

absl::StatusOr<std::string> RequireDistrictName(std::string_view field, const std::string& name) {
  if (auto code = ParseDistrictName(name)) return *std::move(code);
  return Invalid(field, "NAME_INVALID", "the name has the form districts/630106");
}

absl::StatusOr<std::optional<Date>> OptionalDate(std::string_view field, const std::string& text) {
  if (text.empty()) return std::nullopt;
  if (auto date = ParseDate(text); date.ok()) return *date;
  return Invalid(field, "DATE_MALFORMED", "a date is a real day in the form 2024-03-05");
}

absl::Status MergeFields(const google::protobuf::Message& wanted, const google::protobuf::FieldMask& mask,
                         const std::vector<std::string>& settable, google::protobuf::Message* existing) {
  for (const std::string& path : mask.paths()) {
    if (std::find(settable.begin(), settable.end(), path) == settable.end()) {
      return Invalid("update_mask", "MASK_PATH_UNKNOWN",
                     absl::StrCat(path, " cannot be set; settable are ", absl::StrJoin(settable, ", ")));
    }
  }
  google::protobuf::FieldMask effective = mask;
  if (effective.paths().empty()) {
    for (const std::string& path : settable) effective.add_paths(path);
  }
  google::protobuf::util::FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  google::protobuf::util::FieldMaskUtil::MergeMessageTo(wanted, effective, options, existing);
  return absl::OkStatus();
}

zhenhui::common::v1::FeedPosition Position(const std::string& township, int64_t revision) {
  zhenhui::common::v1::FeedPosition position;
  position.set_feed(zhenhui::common::v1::FEED_TOWNSHIPS);
  position.set_township(TownshipName(township));
  position.set_revision(revision);
  return position;
}

void CheckImportScope(const auth::Claims& claims, const std::string& district,
                      std::vector<ImportItem>& items) {
  for (ImportItem& item : items) {
    const std::string township = TownshipOf(item.record);
    if (township.empty()) continue;  // its name could not be read, which is a violation already
    if (!absl::StartsWith(township, district)) {
      item.violations.push_back(
          {"name", "PARENT_MISMATCH", absl::StrCat("it lies outside of district ", district)});
    } else if (!auth::Covers(claims.scope, township)) {
      item.violations.push_back(
          {"name", "OUT_OF_SCOPE", absl::StrCat("the token covers only ", claims.scope)});
    }
  }
}

void ToProto(const ImportReport& report,
             google::protobuf::RepeatedPtrField<zhenhui::common::v1::RecordResult>* results,
             google::protobuf::RepeatedPtrField<zhenhui::common::v1::FeedPosition>* positions) {
  int index = 0;
  for (const ImportResult& result : report.results) {
    auto* out = results->Add();
    out->set_index(index++);
    out->set_id(result.id);
    out->set_outcome(ToProto(result.outcome));
    out->set_revision(result.revision);
    for (const FieldViolation& violation : result.violations) {
      auto* said = out->add_violations();
      said->set_field(violation.field);
      said->set_reason(violation.reason);
      said->set_description(violation.description);
    }
  }
  for (const auto& [township, revision] : report.last_revisions)
    *positions->Add() = Position(township, revision);
}

}  // namespace zhenhui::townships
