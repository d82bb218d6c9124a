#include "services/activities/wire/content.h"

#include <utility>

#include "common/status/reason.h"
#include "services/activities/domain/check.h"
#include "services/activities/domain/completeness.h"
#include "services/activities/wire/names.h"

namespace zhenhui::activities {
namespace {

std::vector<std::string> TakeTexts(google::protobuf::RepeatedPtrField<std::string>* texts) {
  std::vector<std::string> out;
  out.reserve(static_cast<size_t>(texts->size()));
  for (std::string& text : *texts) out.push_back(std::move(text));
  return out;
}

void FillTexts(const std::vector<std::string>& texts, google::protobuf::RepeatedPtrField<std::string>* out) {
  for (const std::string& text : texts) *out->Add() = text;
}

absl::Status RecordDamaged() {
  return Error(absl::StatusCode::kInternal, "RECORD_DAMAGED", "a stored record cannot be read");
}

}  // namespace

Draft TakeDraft(std::string_view township, v1::Activity& message) {
  Draft draft;
  Activity& a = draft.content;
  a.id = IdInTownship(township, message.name());
  a.kind = std::move(*message.mutable_kind());
  draft.date_text = std::move(*message.mutable_date());
  a.village = std::move(*message.mutable_village());
  a.title = std::move(*message.mutable_title());
  a.audiences = TakeTexts(message.mutable_audiences());
  a.channels = TakeTexts(message.mutable_channels());
  a.partners = TakeTexts(message.mutable_partners());
  a.measures.reserve(message.measures().size() + 1);
  for (const auto& [code, value] : message.measures()) a.measures.push_back({code, value});
  a.evidence.reserve(static_cast<size_t>(message.evidence_size()));
  for (v1::Evidence& evidence : *message.mutable_evidence()) {
    a.evidence.push_back({std::move(*evidence.mutable_uri()), std::move(*evidence.mutable_description())});
  }
  a.note = std::move(*message.mutable_note());
  a.roster_entries = TakeTexts(message.mutable_roster_entries());
  draft.etag = std::move(*message.mutable_etag());
  return draft;
}

void FillContent(const Activity& content, v1::Activity* out) {
  out->set_kind(content.kind);
  out->set_date(FormatDate(content.date));
  out->set_village(content.village);
  out->set_title(content.title);
  FillTexts(content.audiences, out->mutable_audiences());
  FillTexts(content.channels, out->mutable_channels());
  FillTexts(content.partners, out->mutable_partners());
  for (const MeasureAmount& measure : content.measures)
    (*out->mutable_measures())[measure.code] = measure.value;
  for (const Evidence& evidence : content.evidence) {
    v1::Evidence* added = out->add_evidence();
    added->set_uri(evidence.uri);
    added->set_description(evidence.description);
  }
  out->set_note(content.note);
  FillTexts(content.roster_entries, out->mutable_roster_entries());
}

void EncodeActivity(const Activity& content, v1::Activity& scratch, std::string* out) {
  scratch.Clear();
  FillContent(content, &scratch);
  if (content.state == ActivityState::kDeleted) scratch.set_state(v1::ACTIVITY_STATE_DELETED);
  scratch.SerializeToString(out);
}

absl::StatusOr<Activity> DecodeActivity(std::string id, const std::string& bytes) {
  v1::Activity message;
  if (!message.ParseFromString(bytes)) return RecordDamaged();
  Draft draft = TakeDraft("", message);
  const absl::StatusOr<Date> date = ParseDate(draft.date_text);
  if (!date.ok()) return RecordDamaged();
  Activity activity = std::move(draft.content);
  activity.id = std::move(id);
  activity.date = *date;
  if (message.state() == v1::ACTIVITY_STATE_DELETED) activity.state = ActivityState::kDeleted;
  Canonicalise(activity);
  return activity;
}

std::string EncodeMonth(const MonthConfirmation& confirmation) {
  v1::MonthConfirmation message;
  message.set_month(FormatMonth(confirmation.month));
  message.set_note(confirmation.note);
  message.set_due_date(FormatDate(confirmation.due_date));
  message.set_late(confirmation.late);
  return message.SerializeAsString();
}

absl::StatusOr<MonthConfirmation> DecodeMonth(const std::string& bytes) {
  v1::MonthConfirmation message;
  if (!message.ParseFromString(bytes)) return RecordDamaged();
  const absl::StatusOr<absl::CivilMonth> month = ParseMonth(message.month());
  if (!month.ok()) return RecordDamaged();
  MonthConfirmation confirmation;
  confirmation.month = *month;
  confirmation.note = std::move(*message.mutable_note());
  confirmation.due_date = ParseDate(message.due_date()).value_or(DueDate(*month, kDefaultDueDay));
  confirmation.late = message.late();
  return confirmation;
}

TargetDraft TakeTargetDraft(v1::Target& message) {
  TargetDraft draft;
  draft.content.metric = std::move(*message.mutable_metric());
  draft.content.year = message.year();
  draft.content.source = static_cast<TargetSource>(message.source());
  draft.content.note = std::move(*message.mutable_note());
  draft.quarters.assign(message.quarters().begin(), message.quarters().end());
  return draft;
}

void FillTarget(const Target& content, v1::Target* out) {
  out->set_metric(content.metric);
  out->set_year(content.year);
  out->mutable_quarters()->Add(content.quarters.begin(), content.quarters.end());
  out->set_source(static_cast<v1::TargetSource>(content.source));
  out->set_note(content.note);
  out->set_withdrawn(content.withdrawn);
}

std::string EncodeTarget(const Target& content) {
  v1::Target message;
  FillTarget(content, &message);
  return message.SerializeAsString();
}

absl::StatusOr<Target> DecodeTarget(const std::string& bytes) {
  v1::Target message;
  if (!message.ParseFromString(bytes)) return RecordDamaged();
  const bool withdrawn = message.withdrawn();
  TargetDraft draft = TakeTargetDraft(message);
  if (!CheckTarget(draft).empty()) return RecordDamaged();
  draft.content.withdrawn = withdrawn;
  return std::move(draft.content);
}

}  // namespace zhenhui::activities
