#include "services/activities/domain/push.h"

#include <algorithm>
#include <span>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/activities/domain/check.h"

namespace zhenhui::activities {
namespace {

RecordOutcome Refused(std::string field, std::string reason, std::string description) {
  return {Outcome::kRefused, 0, {{std::move(field), std::move(reason), std::move(description)}}};
}

// The batch while it is decided: the records in order, and what became of each.
class Decision {
 public:
  Decision(const PushBatch& batch, std::vector<std::vector<FieldViolation>> violations) : batch_(batch) {
    outcomes_.resize(batch.records.size());
    for (size_t i = 0; i < outcomes_.size(); ++i) {
      if (violations[i].empty()) {
        candidates_.push_back(i);
        ids_.push_back(batch.records[i].content.id);
      } else {
        outcomes_[i].violations = std::move(violations[i]);
        any_refused_ = true;
      }
    }
  }

  std::span<const std::string> ids() const { return ids_; }

  // Runs inside of the repository's transaction, perhaps more than once: everything is set anew.
  std::vector<PlannedWrite> Decide(ActivityRepository::Existing existing, int64_t head) {
    bool refused = any_refused_;
    for (size_t c = 0; c < candidates_.size(); ++c) {
      RecordOutcome& outcome = outcomes_[candidates_[c]];
      const Draft& draft = batch_.records[candidates_[c]];
      outcome = DecideRecord(draft, !batch_.reason.empty(), existing[c], IsConfirmed(existing, draft));
      refused = refused || outcome.outcome == Outcome::kRefused;
    }
    const bool give_up = refused && batch_.all_or_nothing;
    std::vector<PlannedWrite> writes;
    writes.reserve(candidates_.size());
    for (size_t c = 0; c < candidates_.size(); ++c) {
      RecordOutcome& outcome = outcomes_[candidates_[c]];
      if (outcome.outcome != Outcome::kCreated && outcome.outcome != Outcome::kUpdated) continue;
      if (give_up) {
        outcome.outcome = Outcome::kNotAttempted;
      } else if (!batch_.validate_only) {
        const Draft& draft = batch_.records[candidates_[c]];
        writes.push_back({&draft.content, c, IsConfirmed(existing, draft)});
        outcome.revision = head + static_cast<int64_t>(writes.size());
      }
    }
    return writes;
  }

  std::vector<RecordOutcome> TakeOutcomes() { return std::move(outcomes_); }

 private:
  static bool IsConfirmed(const ActivityRepository::Existing& existing, const Draft& draft) {
    return existing.confirmed.contains(absl::CivilMonth(draft.content.date));
  }

  const PushBatch& batch_;
  std::vector<RecordOutcome> outcomes_;
  std::vector<size_t> candidates_;  // indices of the records that are in order by themselves
  std::vector<std::string> ids_;    // theirs
  bool any_refused_ = false;
};

void RefuseRepeats(const PushBatch& batch, std::vector<std::vector<FieldViolation>>& violations) {
  std::unordered_set<std::string_view> seen;
  seen.reserve(batch.records.size());
  for (size_t i = 0; i < batch.records.size(); ++i) {
    const std::string& id = batch.records[i].content.id;
    if (!id.empty() && !seen.insert(id).second) {
      violations[i].push_back(
          {"name", "DUPLICATE_IN_BATCH", "an earlier record of the batch has the same id"});
    }
  }
}

}  // namespace

RecordOutcome DecideRecord(const Draft& draft, bool has_reason, const std::optional<StoredActivity>& existing,
                           bool month_confirmed) {
  if (!existing.has_value()) {
    if (draft.etag.empty() && month_confirmed && !has_reason) {
      return Refused("date", "MONTH_CONFIRMED",
                     "the month is confirmed as complete; say in the batch why a record comes after that");
    }
    if (draft.etag.empty()) return {Outcome::kCreated, 0, {}};
    return Refused("etag", "ETAG_MISMATCH",
                   "there is no such activity to correct; leave the etag out to create it");
  }
  // First, so that a correction whose acknowledgement was lost can be sent again with the etag that it had.
  if (SameContent(draft.content, existing->content)) return {Outcome::kUnchanged, existing->revision, {}};
  const bool deleted = existing->content.state == ActivityState::kDeleted;
  if (draft.etag.empty()) {
    if (deleted)
      return Refused("name", "ACTIVITY_DELETED", "it was deleted; give its etag and a reason to restore it");
    return Refused(
        "name", "ID_IN_USE",
        "the id is used with other content; give the etag and a reason to correct it, or another id");
  }
  if (draft.etag != EtagOf(existing->revision)) {
    return Refused("etag", "ETAG_MISMATCH",
                   absl::StrCat("the activity has changed; its etag is ", EtagOf(existing->revision)));
  }
  if (!has_reason)
    return Refused("reason", "REASON_MISSING", "say in the batch why its records are corrected");
  return {Outcome::kUpdated, 0, {}};
}

absl::Status PushUseCase::CheckAll(PushBatch& batch, std::vector<std::vector<FieldViolation>>& violations,
                                   absl::Time deadline) {
  ASSIGN_OR_RETURN(std::shared_ptr<const Places> places,
                   places_.Get(batch.township, PlaceRegister::Freshness::kCached, deadline));
  const Date today = clock_.Today();
  bool missing = false;
  for (size_t i = 0; i < batch.records.size(); ++i) {
    violations[i] = CheckActivity(batch.records[i], {batch.township, catalogue_, *places, today});
    missing = missing || MissesVillage(violations[i]);
  }
  if (!missing) return absl::OkStatus();
  // A village that was founded a moment ago must not be refused for a minute.
  auto fresh = places_.Get(batch.township, PlaceRegister::Freshness::kRefresh, deadline);
  if (!fresh.ok() || *fresh == places) return absl::OkStatus();
  for (size_t i = 0; i < batch.records.size(); ++i) {
    if (!MissesVillage(violations[i])) continue;
    violations[i] = CheckActivity(batch.records[i], {batch.township, catalogue_, **fresh, today});
  }
  return absl::OkStatus();
}

absl::StatusOr<PushResult> PushUseCase::Push(PushBatch batch, absl::Time deadline) {
  if (batch.records.size() > kMaxBatch) {
    return InvalidFields(
        {{"activities", "BATCH_TOO_LARGE", absl::StrCat("send at most ", kMaxBatch, " records")}});
  }
  if (batch.records.empty())
    return InvalidFields({{"activities", "BATCH_EMPTY", "send at least one record"}});
  if (auto violation = CheckText("reason", batch.reason, kMaxReason))
    return InvalidFields({*std::move(violation)});

  std::vector<std::vector<FieldViolation>> violations(batch.records.size());
  RETURN_IF_ERROR(CheckAll(batch, violations, deadline));
  RefuseRepeats(batch, violations);
  PushResult result;
  result.ids.reserve(batch.records.size());
  for (const Draft& draft : batch.records) result.ids.push_back(draft.content.id);

  Decision decision(batch, std::move(violations));
  const auto decide = [&](ActivityRepository::Existing existing,
                          int64_t head) -> absl::StatusOr<std::vector<PlannedWrite>> {
    return decision.Decide(existing, head);
  };
  if (batch.validate_only || decision.ids().empty()) {
    ASSIGN_OR_RETURN(result.head, repository_.Inspect(batch.township, decision.ids(), decide, deadline));
  } else {
    const WriteStamp stamp{batch.by, clock_.Now(), batch.reason};
    ASSIGN_OR_RETURN(result.head, repository_.Write(batch.township, decision.ids(), decide, stamp, deadline));
  }
  result.outcomes = decision.TakeOutcomes();
  return result;
}

}  // namespace zhenhui::activities
