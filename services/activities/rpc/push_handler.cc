#include "services/activities/rpc/push_handler.h"

#include <prometheus/counter.h>

#include "common/auth/policy.h"
#include "common/status/status_macros.h"
#include "services/activities/rpc/messages.h"

namespace zhenhui::activities {

PushHandler::PushHandler(PushUseCase& push, const Clock& clock, metrics::Registry* metrics)
    : push_(push), clock_(clock) {
  if (metrics == nullptr) return;
  constexpr std::array kNames = {"created", "updated", "unchanged", "refused", "not_attempted"};
  for (size_t i = 0; i < kNames.size(); ++i) {
    counters_[i] = &metrics->Counter("zhenhui_activities_pushed_records_total",
                                     "Pushed records by what became of them", {{"outcome", kNames[i]}});
  }
}

void PushHandler::Count(const PushResult& result) {
  if (counters_[0] == nullptr) return;
  std::array<int, 5> counts{};
  for (const RecordOutcome& outcome : result.outcomes) ++counts[static_cast<size_t>(outcome.outcome)];
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] > 0) counters_[i]->Increment(counts[i]);
  }
}

template <typename Request, typename Response>
absl::Status PushHandler::Handle(const auth::Claims& claims, ParsedBatch<Request>& parsed,
                                 absl::Time deadline, Response* response) {
  if (claims.expires <= clock_.Now()) {
    return Error(absl::StatusCode::kUnauthenticated, "TOKEN_EXPIRED", "the token has expired; get a new one");
  }
  ASSIGN_OR_RETURN(PushBatch batch, TakeBatch(parsed));
  RETURN_IF_ERROR(auth::RequireScope(claims, batch.township));
  batch.by = claims.subject;
  const std::string township = batch.township;
  ASSIGN_OR_RETURN(PushResult result, push_.Push(std::move(batch), deadline));
  Count(result);
  *response->mutable_position() = Position(township, result.head);
  ToProto(std::move(result), response->mutable_results());
  return absl::OkStatus();
}

template absl::Status PushHandler::Handle(const auth::Claims&, ParsedBatch<v1::PushActivitiesRequest>&,
                                          absl::Time, v1::PushActivitiesResponse*);
template absl::Status PushHandler::Handle(const auth::Claims&, ParsedBatch<v1::BatchPushActivitiesRequest>&,
                                          absl::Time, v1::BatchPushActivitiesResponse*);

}  // namespace zhenhui::activities
