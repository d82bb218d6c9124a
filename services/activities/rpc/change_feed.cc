#include "services/activities/rpc/change_feed.h"

#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/activities/domain/activity.h"
#include "services/activities/rpc/messages.h"
#include "services/activities/wire/names.h"
#include "services/activities/wire/record_types.h"

namespace zhenhui::activities {
namespace {

absl::Status RecordDamaged() {
  return Error(absl::StatusCode::kInternal, "RECORD_DAMAGED", "a stored record cannot be read");
}

absl::Status ParseActivity(const std::string& name, int64_t revision, const std::string& record,
                           v1::Activity* out) {
  if (!out->ParseFromString(record)) return RecordDamaged();
  out->set_name(name);
  out->set_revision(revision);
  out->set_etag(EtagOf(revision));
  if (out->state() == v1::ACTIVITY_STATE_UNSPECIFIED) out->set_state(v1::ACTIVITY_STATE_ACTIVE);
  return absl::OkStatus();
}

absl::Status EncodeActivityChange(const std::string& township, const feed::StoredChange& change,
                                  v1::ActivityChange* out) {
  const std::string name = ActivityNameOf(township, change.record_id);
  v1::Activity* activity = out->mutable_activity();
  RETURN_IF_ERROR(ParseActivity(name, change.revision, change.record, activity));
  *activity->mutable_update_time() = ToTimestamp(change.at);
  activity->set_updated_by(change.by);
  activity->set_revision_reason(change.reason);
  if (!change.previous.has_value()) return absl::OkStatus();
  return ParseActivity(name, change.previous_revision, *change.previous, out->mutable_previous_activity());
}

absl::Status EncodeMonthChange(const std::string& township, const feed::StoredChange& change,
                               v1::ActivityChange* out) {
  v1::MonthConfirmation* month = out->mutable_month_confirmation();
  if (!month->ParseFromString(change.record)) return RecordDamaged();
  month->set_name(MonthName(township, change.record_id));
  month->set_revision(change.revision);
  *month->mutable_confirm_time() = ToTimestamp(change.at);
  month->set_confirmed_by(change.by);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<v1::WatchChangesResponse> EncodeBatch(const feed::Batch& batch) {
  v1::WatchChangesResponse out;
  if (!batch.township.empty()) out.set_township(TownshipName(batch.township));
  out.set_head_revision(batch.head_revision);
  out.mutable_changes()->Reserve(static_cast<int>(batch.changes.size()));
  for (const feed::SharedChange& change : batch.changes) {
    v1::ActivityChange* said = out.add_changes();
    said->set_revision(change->revision);
    RETURN_IF_ERROR(change->record_type == kMonthRecord
                        ? EncodeMonthChange(batch.township, *change, said)
                        : EncodeActivityChange(batch.township, *change, said));
  }
  return out;
}

absl::Status EncodeRecord(int16_t record_type, const std::string& record, v1::StreamSnapshotResponse* part) {
  if (record_type == kDeletionRecord) return absl::OkStatus();
  if (record_type == kMonthRecord) {
    return part->add_month_confirmations()->ParseFromString(record) ? absl::OkStatus() : RecordDamaged();
  }
  return part->add_activities()->ParseFromString(record) ? absl::OkStatus() : RecordDamaged();
}

}  // namespace zhenhui::activities
