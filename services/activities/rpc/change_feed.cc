#include "services/activities/rpc/change_feed.h"

#include "common/feed/wire_message.h"
#include "services/activities/domain/activity.h"
#include "services/activities/rpc/messages.h"
#include "services/activities/wire/names.h"
#include "services/activities/wire/record_types.h"
#include "zhenhui/activities/v1/activity_service.pb.h"

namespace zhenhui::activities {
namespace {

using feed::AppendBytes;
using feed::AppendNumber;
using v1::Activity;
using v1::ActivityChange;

void AppendText(int field, std::string_view text, std::string* out) {
  if (!text.empty()) AppendBytes(field, text, out);
}

// The content `record` as revision `revision` of `name`.
std::string ActivityBytes(const std::string& name, int64_t revision, std::string_view record) {
  std::string activity;
  activity.reserve(record.size() + name.size() + 64);
  // First, so that the state of a deletion, which its content holds, counts after it.
  AppendNumber(Activity::kStateFieldNumber, v1::ACTIVITY_STATE_ACTIVE, &activity);
  activity.append(record);
  AppendBytes(Activity::kNameFieldNumber, name, &activity);
  AppendNumber(Activity::kRevisionFieldNumber, revision, &activity);
  AppendBytes(Activity::kEtagFieldNumber, EtagOf(revision), &activity);
  return activity;
}

void AppendActivityChange(const std::string& township, const feed::StoredChange& change, std::string* out) {
  const std::string name = ActivityNameOf(township, change.record_id);
  std::string activity = ActivityBytes(name, change.revision, change.record);
  AppendBytes(Activity::kUpdateTimeFieldNumber, ToTimestamp(change.at).SerializeAsString(), &activity);
  AppendText(Activity::kUpdatedByFieldNumber, change.by, &activity);
  AppendText(Activity::kRevisionReasonFieldNumber, change.reason, &activity);
  AppendBytes(ActivityChange::kActivityFieldNumber, activity, out);
  if (!change.previous.has_value()) return;
  AppendBytes(ActivityChange::kPreviousActivityFieldNumber,
              ActivityBytes(name, change.previous_revision, *change.previous), out);
}

void AppendMonthChange(const std::string& township, const feed::StoredChange& change, std::string* out) {
  std::string month = change.record;
  AppendBytes(v1::MonthConfirmation::kNameFieldNumber, MonthName(township, change.record_id), &month);
  AppendNumber(v1::MonthConfirmation::kRevisionFieldNumber, change.revision, &month);
  AppendBytes(v1::MonthConfirmation::kConfirmTimeFieldNumber, ToTimestamp(change.at).SerializeAsString(),
              &month);
  AppendText(v1::MonthConfirmation::kConfirmedByFieldNumber, change.by, &month);
  AppendBytes(ActivityChange::kMonthConfirmationFieldNumber, month, out);
}

void AppendTargetChange(const std::string& township, const feed::StoredChange& change, std::string* out) {
  std::string target = change.record;
  AppendBytes(v1::Target::kNameFieldNumber, TargetName(township, change.record_id), &target);
  AppendNumber(v1::Target::kRevisionFieldNumber, change.revision, &target);
  AppendBytes(v1::Target::kUpdateTimeFieldNumber, ToTimestamp(change.at).SerializeAsString(), &target);
  AppendText(v1::Target::kUpdatedByFieldNumber, change.by, &target);
  AppendBytes(ActivityChange::kTargetFieldNumber, target, out);
}

void AppendChange(const std::string& township, const feed::StoredChange& change, std::string* out) {
  AppendNumber(ActivityChange::kRevisionFieldNumber, change.revision, out);
  if (IsActivity(change.record_type)) return AppendActivityChange(township, change, out);
  if (change.record_type == kMonthRecord) return AppendMonthChange(township, change, out);
  AppendTargetChange(township, change, out);
}

// The field of a snapshot's part that takes a record; 0 for what snapshots leave out.
int SnapshotField(int16_t record_type) {
  using v1::StreamSnapshotResponse;
  switch (record_type) {
    case kActivityRecord:
      return StreamSnapshotResponse::kActivitiesFieldNumber;
    case kMonthRecord:
      return StreamSnapshotResponse::kMonthConfirmationsFieldNumber;
    case kTargetRecord:
      return StreamSnapshotResponse::kTargetsFieldNumber;
    default:
      return 0;
  }
}

}  // namespace

absl::StatusOr<std::string> EncodeBatch(const feed::Batch& batch) {
  using v1::WatchChangesResponse;
  std::string out;
  if (!batch.township.empty()) {
    AppendBytes(WatchChangesResponse::kTownshipFieldNumber, TownshipName(batch.township), &out);
  }
  AppendNumber(WatchChangesResponse::kHeadRevisionFieldNumber, batch.head_revision, &out);
  std::string said;
  for (const feed::SharedChange& change : batch.changes) {
    said.clear();
    AppendChange(batch.township, *change, &said);
    AppendBytes(WatchChangesResponse::kChangesFieldNumber, said, &out);
  }
  return out;
}

absl::Status EncodeRecord(int16_t record_type, std::string_view record, std::string* part) {
  if (const int field = SnapshotField(record_type)) AppendBytes(field, record, part);
  return absl::OkStatus();
}

}  // namespace zhenhui::activities
