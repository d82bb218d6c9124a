#include "services/reporting/wire/activity_reader.h"

#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/wire/names.h"
#include "services/reporting/wire/wire_reader.h"
#include "zhenhui/activities/v1/activity_service.pb.h"
#include "zhenhui/activities/v1/change.pb.h"

namespace zhenhui::reporting {
namespace {

using activities::v1::Activity;
using activities::v1::ActivityChange;
using activities::v1::MonthConfirmation;
using activities::v1::StreamSnapshotResponse;
using activities::v1::WatchChangesResponse;

absl::Status ActivitiesUnreadable(std::string_view what) {
  return Error(absl::StatusCode::kDataLoss, "FEED_UNREADABLE",
               "the activities feed sent what cannot be read: " + std::string(what));
}

// "2024-03-05", which the activities service has checked; a whole ParseDate would cost more than the rest of
// a record.
absl::Status ReadDay(std::string_view text, Date& date) {
  const auto digits = [&](size_t at, size_t count, int& value) {
    value = 0;
    for (size_t i = at; i < at + count; ++i) {
      if (text[i] < '0' || text[i] > '9') return false;
      value = value * 10 + (text[i] - '0');
    }
    return true;
  };
  int year = 0;
  int month = 0;
  int day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !digits(0, 4, year) || !digits(5, 2, month) ||
      !digits(8, 2, day)) {
    return ActivitiesUnreadable("date " + std::string(text));
  }
  date = Date(year, month, day);
  // A civil day normalises what does not exist (30 February) into another day.
  return date.month() == month && date.day() == day ? absl::OkStatus()
                                                    : ActivitiesUnreadable("date " + std::string(text));
}

absl::Status ReadMeasure(Vocabulary& vocabulary, std::string_view kind, std::string_view entry,
                         ActivityFacts& facts) {
  WireReader reader(entry);  // a map's entry: 1 is the key, 2 the value
  std::string_view measure;
  int64_t amount = 0;
  while (reader.Next()) {
    if (reader.field() == 1) measure = reader.bytes();
    if (reader.field() == 2) amount = reader.number();
  }
  if (!reader.ok()) return ActivitiesUnreadable("a measure");
  AddMeasure(vocabulary, kind, measure, amount, facts);
  return absl::OkStatus();
}

absl::Status ReadActivity(Vocabulary& vocabulary, std::string_view bytes, ActivityFacts& facts) {
  WireReader reader(bytes);
  std::string_view kind;
  std::string_view date;
  absl::InlinedVector<std::string_view, 4>
      measures;  // named after the kind, which a foreign writer may send later
  while (reader.Next()) {
    switch (reader.field()) {
      case Activity::kKindFieldNumber:
        kind = reader.bytes();
        break;
      case Activity::kDateFieldNumber:
        date = reader.bytes();
        break;
      case Activity::kVillageFieldNumber:
        facts.village = vocabulary.Member(reader.bytes());
        break;
      case Activity::kAudiencesFieldNumber:
        facts.audiences.push_back(vocabulary.Member(reader.bytes()));
        break;
      case Activity::kRosterEntriesFieldNumber:
        facts.roster_entries.push_back(vocabulary.Member(reader.bytes()));
        break;
      case Activity::kMeasuresFieldNumber:
        measures.push_back(reader.bytes());
        break;
      case Activity::kStateFieldNumber:
        facts.active = reader.number() != activities::v1::ACTIVITY_STATE_DELETED;
        break;
      default:
        break;
    }
  }
  if (!reader.ok()) return ActivitiesUnreadable("an activity");
  RETURN_IF_ERROR(ReadDay(date, facts.date));
  for (const std::string_view entry : measures) RETURN_IF_ERROR(ReadMeasure(vocabulary, kind, entry, facts));
  CompleteMeasures(vocabulary, kind, facts);
  return absl::OkStatus();
}

absl::Status ReadConfirmation(std::string_view bytes, MonthConfirmed& confirmed) {
  WireReader reader(bytes);
  std::string month;
  while (reader.Next()) {
    if (reader.field() == MonthConfirmation::kMonthFieldNumber) month = std::string(reader.bytes()) + "-01";
  }
  if (!reader.ok()) return ActivitiesUnreadable("a month confirmation");
  return ReadDay(month, confirmed.month);
}

absl::Status ReadChange(Vocabulary& vocabulary, std::string_view bytes, Change& change) {
  WireReader reader(bytes);
  while (reader.Next()) {
    switch (reader.field()) {
      case ActivityChange::kRevisionFieldNumber:
        change.revision = reader.number();
        break;
      case ActivityChange::kActivityFieldNumber:
        RETURN_IF_ERROR(ReadActivity(vocabulary, reader.bytes(), change.after.emplace<ActivityFacts>()));
        break;
      case ActivityChange::kMonthConfirmationFieldNumber:
        RETURN_IF_ERROR(ReadConfirmation(reader.bytes(), change.after.emplace<MonthConfirmed>()));
        break;
      case ActivityChange::kPreviousActivityFieldNumber:
        RETURN_IF_ERROR(ReadActivity(vocabulary, reader.bytes(), change.before.emplace<ActivityFacts>()));
        break;
      default:
        break;
    }
  }
  return reader.ok() ? absl::OkStatus() : ActivitiesUnreadable("a change");
}

}  // namespace

absl::StatusOr<FeedBatch> ReadActivityChanges(Vocabulary& vocabulary, std::string_view message) {
  WireReader reader(message);
  FeedBatch batch;
  while (reader.Next()) {
    switch (reader.field()) {
      case WatchChangesResponse::kTownshipFieldNumber:
        batch.township = std::string(LastPart(reader.bytes()));
        break;
      case WatchChangesResponse::kChangesFieldNumber:
        RETURN_IF_ERROR(ReadChange(vocabulary, reader.bytes(), batch.changes.emplace_back()));
        break;
      case WatchChangesResponse::kHeadRevisionFieldNumber:
        batch.head_revision = reader.number();
        break;
      default:
        break;
    }
  }
  if (!reader.ok()) return ActivitiesUnreadable("a batch");
  return batch;
}

absl::StatusOr<SnapshotPart> ReadActivitySnapshot(Vocabulary& vocabulary, std::string_view message,
                                                  TownBuilder& builder) {
  WireReader reader(message);
  SnapshotPart part;
  Facts facts;
  while (reader.Next()) {
    switch (reader.field()) {
      case StreamSnapshotResponse::kReadRevisionFieldNumber:
        part.read_revision = reader.number();
        continue;
      case StreamSnapshotResponse::kLastFieldNumber:
        part.last = reader.number() != 0;
        continue;
      case StreamSnapshotResponse::kActivitiesFieldNumber:
        RETURN_IF_ERROR(ReadActivity(vocabulary, reader.bytes(), facts.emplace<ActivityFacts>()));
        break;
      case StreamSnapshotResponse::kMonthConfirmationsFieldNumber:
        RETURN_IF_ERROR(ReadConfirmation(reader.bytes(), facts.emplace<MonthConfirmed>()));
        break;
      default:
        continue;
    }
    builder.Add(facts);
    ++part.records;
  }
  if (!reader.ok()) return ActivitiesUnreadable("a snapshot");
  return part;
}

absl::StatusOr<Facts> FactsOf(Vocabulary& vocabulary, const Activity& activity) {
  ActivityFacts facts;
  facts.village = vocabulary.Member(activity.village());
  facts.active = activity.state() != activities::v1::ACTIVITY_STATE_DELETED;
  RETURN_IF_ERROR(ReadDay(activity.date(), facts.date));
  for (const std::string& audience : activity.audiences())
    facts.audiences.push_back(vocabulary.Member(audience));
  for (const std::string& entry : activity.roster_entries())
    facts.roster_entries.push_back(vocabulary.Member(entry));
  for (const auto& [measure, amount] : activity.measures()) {
    AddMeasure(vocabulary, activity.kind(), measure, amount, facts);
  }
  CompleteMeasures(vocabulary, activity.kind(), facts);
  return Facts(std::move(facts));
}

}  // namespace zhenhui::reporting
