#include "services/activities/domain/correct.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/activities/domain/check.h"
#include "services/activities/domain/completeness.h"

namespace zhenhui::activities {
namespace {

constexpr std::string_view kMeasurePrefix = "measures.";

void TakeMeasure(const Activity& from, std::string_view code, Activity& to) {
  std::erase_if(to.measures, [&](const MeasureAmount& m) { return m.code == code; });
  for (const MeasureAmount& measure : from.measures) {
    if (measure.code == code) to.measures.push_back(measure);
  }
}

bool TakeField(const Draft& from, std::string_view path, Draft& to) {
  const Activity& source = from.content;
  Activity& target = to.content;
  if (path == "kind") return target.kind = source.kind, true;
  if (path == "date") return to.date_text = from.date_text, true;
  if (path == "village") return target.village = source.village, true;
  if (path == "title") return target.title = source.title, true;
  if (path == "audiences") return target.audiences = source.audiences, true;
  if (path == "channels") return target.channels = source.channels, true;
  if (path == "partners") return target.partners = source.partners, true;
  if (path == "measures") return target.measures = source.measures, true;
  if (path == "evidence") return target.evidence = source.evidence, true;
  if (path == "note") return target.note = source.note, true;
  if (path == "roster_entries") return target.roster_entries = source.roster_entries, true;
  if (path.size() > kMeasurePrefix.size() && path.substr(0, kMeasurePrefix.size()) == kMeasurePrefix) {
    return TakeMeasure(source, path.substr(kMeasurePrefix.size()), target), true;
  }
  return false;
}

absl::Status CheckEtag(const std::string& etag, const StoredActivity& existing) {
  if (etag.empty() || etag == EtagOf(existing.revision)) return absl::OkStatus();
  return WithMetadata(
      Error(absl::StatusCode::kAborted, "ETAG_MISMATCH",
            "the activity has changed meanwhile; get it again and repeat the change on what it is now"),
      "etag", EtagOf(existing.revision));
}

}  // namespace

absl::StatusOr<Draft> ApplyMask(const Activity& existing, const Draft& draft,
                                const std::vector<std::string>& paths) {
  Draft result;
  if (paths.empty() || (paths.size() == 1 && paths[0] == "*")) {
    result = draft;
  } else {
    result.content = existing;
    result.date_text = FormatDate(existing.date);
    for (const std::string& path : paths) {
      if (!TakeField(draft, path, result)) {
        return InvalidFields(
            {{"update_mask", "MASK_PATH_UNKNOWN", "a path of the mask names no settable field"}});
      }
    }
  }
  result.content.id = existing.id;
  result.content.state = ActivityState::kActive;
  return result;
}

absl::StatusOr<Corrected> CorrectUseCase::Rewrite(std::string_view township, const std::string& id,
                                                  Change change, WriteStamp stamp, absl::Time deadline) {
  Corrected result;
  Activity content;
  const auto decide = [&](ActivityRepository::Existing existing,
                          int64_t head) -> absl::StatusOr<std::vector<PlannedWrite>> {
    if (!existing[0].has_value()) return ActivityNotFound(id);
    result.activity = *existing[0];
    ASSIGN_OR_RETURN(content, change(*existing[0]));
    if (SameContent(content, existing[0]->content)) return std::vector<PlannedWrite>();
    result.activity = {content, head + 1, stamp.at, stamp.by, stamp.reason};
    return std::vector<PlannedWrite>{{&content, 0}};
  };
  ASSIGN_OR_RETURN(result.head, repository_.Write(township, std::span(&id, 1), decide, stamp, deadline));
  return result;
}

absl::StatusOr<Corrected> CorrectUseCase::Update(Correction correction, absl::Time deadline) {
  const std::string id = correction.draft.content.id;
  std::vector<FieldViolation> violations;
  if (auto violation = CheckId("activity.name", id)) violations.push_back(*std::move(violation));
  if (auto violation = CheckReason(correction.reason)) violations.push_back(*std::move(violation));
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  ASSIGN_OR_RETURN(std::shared_ptr<const Places> places,
                   places_.Get(correction.township, PlaceRegister::Freshness::kCached, deadline));
  const std::string& village = correction.draft.content.village;
  if (!village.empty() && places->villages.count(village) == 0) {
    auto fresh = places_.Get(correction.township, PlaceRegister::Freshness::kRefresh, deadline);
    if (fresh.ok()) places = *std::move(fresh);
  }
  const auto change = [&](const StoredActivity& existing) -> absl::StatusOr<Activity> {
    RETURN_IF_ERROR(CheckEtag(correction.draft.etag, existing));
    if (existing.content.state == ActivityState::kDeleted && correction.draft.etag.empty()) {
      return Error(absl::StatusCode::kFailedPrecondition, "ACTIVITY_DELETED",
                   "the activity was deleted; give its etag to restore it");
    }
    ASSIGN_OR_RETURN(Draft changed, ApplyMask(existing.content, correction.draft, correction.paths));
    RETURN_IF_ERROR(
        InvalidFields(CheckActivity(changed, {correction.township, catalogue_, *places, clock_.Today()})));
    return std::move(changed.content);
  };
  return Rewrite(correction.township, id, change, {correction.by, clock_.Now(), correction.reason}, deadline);
}

absl::StatusOr<Corrected> CorrectUseCase::Delete(const Deletion& deletion, absl::Time deadline) {
  std::vector<FieldViolation> violations;
  if (auto violation = CheckId("name", deletion.id)) violations.push_back(*std::move(violation));
  if (auto violation = CheckReason(deletion.reason)) violations.push_back(*std::move(violation));
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  const auto change = [&](const StoredActivity& existing) -> absl::StatusOr<Activity> {
    Activity content = existing.content;
    // A deletion whose answer was lost may come again with the etag that it had.
    if (content.state == ActivityState::kDeleted) return content;
    RETURN_IF_ERROR(CheckEtag(deletion.etag, existing));
    content.state = ActivityState::kDeleted;
    return content;
  };
  return Rewrite(deletion.township, deletion.id, change, {deletion.by, clock_.Now(), deletion.reason},
                 deadline);
}

absl::StatusOr<ConfirmedMonth> CorrectUseCase::ConfirmMonth(std::string_view township, std::string_view month,
                                                            const std::string& note, const std::string& by,
                                                            absl::Time deadline) {
  if (auto violation = CheckText("note", note, kMaxReason)) return InvalidFields({*std::move(violation)});
  // Not cached: the district's rule decides what is late.
  ASSIGN_OR_RETURN(const std::shared_ptr<const Places> places,
                   places_.Get(township, PlaceRegister::Freshness::kRefresh, deadline));
  const absl::Time now = clock_.Now();
  MonthConfirmation confirmation;
  ASSIGN_OR_RETURN(confirmation.month, CheckMonth(month, *places, DateInChina(now)));
  confirmation.note = note;
  confirmation.due_date = DueDate(confirmation.month, places->confirmation_due_day);
  confirmation.late = DateInChina(now) > confirmation.due_date;
  return repository_.Confirm(township, confirmation, {by, now, ""}, deadline);
}

}  // namespace zhenhui::activities
