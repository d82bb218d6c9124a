#include "services/activities/domain/plan.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/status/status_macros.h"
#include "common/text/utf8.h"
#include "services/activities/domain/check.h"

namespace zhenhui::activities {
namespace {

// Checks each target and looks for repeats. Gives the outcomes of the bad ones; `good` are the indices of the
// others.
std::vector<RecordOutcome> CheckTargets(TargetImport& import, std::vector<size_t>& good) {
  std::vector<RecordOutcome> outcomes(import.targets.size());
  std::set<std::string> seen;
  for (size_t i = 0; i < import.targets.size(); ++i) {
    TargetDraft& draft = import.targets[i];
    outcomes[i].violations = CheckTarget(draft);
    if (!seen.insert(TargetId(draft.content)).second) {
      outcomes[i].violations.push_back(
          {"metric", "DUPLICATE_IN_BATCH", "an earlier target has the same metric and year"});
    }
    if (outcomes[i].violations.empty()) good.push_back(i);
  }
  return outcomes;
}

absl::Status CheckSize(const TargetImport& import) {
  std::vector<FieldViolation> violations;
  if (import.targets.empty()) {
    violations.push_back({"targets", "BATCH_EMPTY", "send at least one target"});
  }
  if (import.targets.size() > kMaxTargets) {
    violations.push_back(
        {"targets", "BATCH_TOO_LARGE", absl::StrCat("send at most ", kMaxTargets, " targets")});
  }
  if (auto violation = CheckText("reason", import.reason, kMaxReason)) {
    violations.push_back(*std::move(violation));
  }
  return InvalidFields(std::move(violations));
}

}  // namespace

RecordOutcome DecideTarget(const Target& target, bool has_reason,
                           const std::optional<StoredTarget>& existing) {
  if (!existing.has_value() || existing->content.withdrawn) return {Outcome::kCreated, 0, {}};
  if (existing->content == target) return {Outcome::kUnchanged, existing->revision, {}};
  if (has_reason) return {Outcome::kUpdated, 0, {}};
  return {Outcome::kRefused,
          0,
          {{"metric", "TARGET_EXISTS",
            "another target stands for this metric and year; say in the import why it is changed"}}};
}

absl::StatusOr<PushResult> PlanUseCase::Import(TargetImport import, absl::Time deadline) {
  RETURN_IF_ERROR(CheckSize(import));
  RETURN_IF_ERROR(places_.Get(import.township, PlaceRegister::Freshness::kCached, deadline).status());
  std::vector<size_t> good;
  PushResult result;
  result.outcomes = CheckTargets(import, good);
  for (const TargetDraft& draft : import.targets) result.ids.push_back(TargetId(draft.content));
  std::vector<std::string> ids;
  for (const size_t i : good) ids.push_back(result.ids[i]);

  // Runs inside of the repository's transaction, perhaps more than once: everything is set anew.
  const auto decide = [&](TargetRepository::Existing existing,
                          int64_t head) -> absl::StatusOr<std::vector<PlannedTarget>> {
    std::vector<PlannedTarget> writes;
    for (size_t g = 0; g < good.size(); ++g) {
      const Target& target = import.targets[good[g]].content;
      RecordOutcome& outcome = result.outcomes[good[g]];
      outcome = DecideTarget(target, !import.reason.empty(), existing[g]);
      if (outcome.outcome != Outcome::kCreated && outcome.outcome != Outcome::kUpdated) continue;
      if (import.validate_only) continue;
      writes.push_back({target, g});
      outcome.revision = head + static_cast<int64_t>(writes.size());
    }
    return writes;
  };
  if (import.validate_only || ids.empty()) {
    ASSIGN_OR_RETURN(result.head, repository_.Inspect(import.township, ids, decide, deadline));
  } else {
    const WriteStamp stamp{import.by, clock_.Now(), import.reason};
    ASSIGN_OR_RETURN(result.head, repository_.Write(import.township, ids, decide, stamp, deadline));
  }
  return result;
}

absl::StatusOr<int64_t> PlanUseCase::Withdraw(std::string_view township, const std::string& id,
                                              const std::string& reason, const std::string& by,
                                              absl::Time deadline) {
  if (auto violation = CheckReason(reason)) return InvalidFields({*std::move(violation)});
  const auto decide = [&](TargetRepository::Existing existing,
                          int64_t) -> absl::StatusOr<std::vector<PlannedTarget>> {
    if (!existing[0].has_value()) {
      return Error(absl::StatusCode::kNotFound, "TARGET_NOT_FOUND",
                   absl::StrCat("the township has no target ", id));
    }
    std::vector<PlannedTarget> writes;
    if (existing[0]->content.withdrawn) return writes;
    writes.push_back({existing[0]->content, 0});
    writes.back().content.withdrawn = true;
    return writes;
  };
  return repository_.Write(township, {&id, 1}, decide, {by, clock_.Now(), reason}, deadline);
}

}  // namespace zhenhui::activities
