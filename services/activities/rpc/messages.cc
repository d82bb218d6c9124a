#include "services/activities/rpc/messages.h"

#include <utility>

#include "services/activities/domain/check.h"
#include "services/activities/wire/content.h"
#include "services/activities/wire/names.h"

namespace zhenhui::activities {
namespace {

namespace common_v1 = zhenhui::common::v1;

// Longer ones are no valid ids; they are not sent back.
constexpr size_t kLongestEcho = 256;

common_v1::Outcome ToProto(Outcome outcome) {
  switch (outcome) {
    case Outcome::kCreated:
      return common_v1::OUTCOME_CREATED;
    case Outcome::kUpdated:
      return common_v1::OUTCOME_UPDATED;
    case Outcome::kUnchanged:
      return common_v1::OUTCOME_UNCHANGED;
    case Outcome::kRefused:
      return common_v1::OUTCOME_REFUSED;
    case Outcome::kNotAttempted:
      return common_v1::OUTCOME_NOT_ATTEMPTED;
  }
  return common_v1::OUTCOME_UNSPECIFIED;
}

void ToProto(const Term& term, v1::Term* out) {
  out->set_code(term.code);
  out->set_display_name_zh(term.name.zh);
  out->set_display_name_en(term.name.en);
  for (const std::string& alias : term.aliases_zh) out->add_aliases_zh(alias);
}

void ToProto(const Kind& kind, v1::Kind* out) {
  out->set_code(kind.code);
  out->set_display_name_zh(kind.name.zh);
  out->set_display_name_en(kind.name.en);
  out->set_section(kind.section);
  out->set_description_zh(kind.description.zh);
  out->set_description_en(kind.description.en);
  for (const Measure& measure : kind.measures) {
    v1::Measure* added = out->add_measures();
    added->set_code(measure.code);
    added->set_display_name_zh(measure.name.zh);
    added->set_display_name_en(measure.name.en);
    added->set_unit_zh(measure.unit.zh);
    added->set_unit_en(measure.unit.en);
    added->set_required(measure.required);
  }
  for (const std::string& alias : kind.aliases_zh) out->add_aliases_zh(alias);
}

}  // namespace

google::protobuf::Timestamp ToTimestamp(absl::Time time) {
  google::protobuf::Timestamp out;
  const int64_t micros = absl::ToUnixMicros(time);
  // Floors, so that a time before 1970 has nanoseconds of at least 0 too.
  const int64_t seconds = micros >= 0 ? micros / 1'000'000 : -((-micros + 999'999) / 1'000'000);
  out.set_seconds(seconds);
  out.set_nanos(static_cast<int32_t>((micros - seconds * 1'000'000) * 1000));
  return out;
}

void ToProto(std::string_view township, const StoredActivity& stored, v1::Activity* out) {
  FillContent(stored.content, out);
  out->set_name(ActivityNameOf(township, stored.content.id));
  out->set_etag(EtagOf(stored.revision));
  const bool deleted = stored.content.state == ActivityState::kDeleted;
  out->set_state(deleted ? v1::ACTIVITY_STATE_DELETED : v1::ACTIVITY_STATE_ACTIVE);
  out->set_revision(stored.revision);
  *out->mutable_update_time() = ToTimestamp(stored.update_time);
  out->set_updated_by(stored.updated_by);
  out->set_revision_reason(stored.reason);
}

void ToProto(std::string_view township, const MonthConfirmation& confirmation, v1::MonthConfirmation* out) {
  const std::string month = FormatMonth(confirmation.month);
  out->set_name(MonthName(township, month));
  out->set_month(month);
  out->set_note(confirmation.note);
  out->set_revision(confirmation.revision);
  *out->mutable_confirm_time() = ToTimestamp(confirmation.confirm_time);
  out->set_confirmed_by(confirmation.confirmed_by);
  out->set_due_date(FormatDate(confirmation.due_date));
  out->set_late(confirmation.late);
}

void ToProto(const StoredTarget& stored, v1::Target* out) {
  FillTarget(stored.content, out);
  out->set_name(TargetName(stored.township, TargetId(stored.content)));
  out->set_revision(stored.revision);
  *out->mutable_update_time() = ToTimestamp(stored.update_time);
  out->set_updated_by(stored.updated_by);
}

void ToProto(const TownStanding& town, v1::TownCompleteness* out) {
  out->set_township(TownshipName(town.township));
  out->set_display_name_zh(town.name_zh);
  for (const MonthStanding& month : town.months) {
    v1::MonthCompleteness* added = out->add_months();
    added->set_month(FormatMonth(month.month));
    added->set_state(static_cast<v1::MonthState>(month.state));
    added->set_due_date(FormatDate(month.due_date));
    if (month.confirm_date) added->set_confirm_date(FormatDate(*month.confirm_date));
    added->set_activities(month.activities);
    added->set_changed_after_confirmation(month.changed_after_confirmation);
    added->set_villages_active(month.villages_active);
    added->set_villages(month.villages);
  }
  out->set_complete_percent(town.complete_percent);
  out->set_timely_percent(town.timely_percent);
}

void ToProto(const KindCatalogue& catalogue, v1::ListKindsResponse* out) {
  for (const Kind& kind : catalogue.kinds()) ToProto(kind, out->add_kinds());
  for (const Term& term : catalogue.audiences()) ToProto(term, out->add_audiences());
  for (const Term& term : catalogue.channels()) ToProto(term, out->add_channels());
  out->set_catalogue_version(static_cast<int32_t>(catalogue.version()));
}

void ToProto(PushResult result, google::protobuf::RepeatedPtrField<common_v1::RecordResult>* out) {
  out->Reserve(static_cast<int>(result.outcomes.size()));
  for (size_t i = 0; i < result.outcomes.size(); ++i) {
    RecordOutcome& outcome = result.outcomes[i];
    common_v1::RecordResult* added = out->Add();
    added->set_index(static_cast<int32_t>(i));
    if (result.ids[i].size() <= kLongestEcho) added->set_id(std::move(result.ids[i]));
    added->set_outcome(ToProto(outcome.outcome));
    added->set_revision(outcome.revision);
    for (FieldViolation& violation : outcome.violations) {
      common_v1::FieldViolation* said = added->add_violations();
      said->set_field(std::move(violation.field));
      said->set_reason(std::move(violation.reason));
      said->set_description(std::move(violation.description));
    }
  }
}

common_v1::FeedPosition Position(std::string_view township, int64_t revision) {
  common_v1::FeedPosition position;
  position.set_feed(common_v1::FEED_ACTIVITIES);
  position.set_township(TownshipName(township));
  position.set_revision(revision);
  return position;
}

}  // namespace zhenhui::activities
