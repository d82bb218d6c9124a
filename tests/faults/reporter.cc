#include "tests/faults/reporter.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"

namespace zhenhui::faults {
namespace {

namespace av1 = activities::v1;

const char* const kAudiences[] = {"villagers", "students", "elderly"};

std::string Id(const av1::Activity& activity) { return LastPart(activity.name()); }

}  // namespace

Reporter::Reporter(const Deployment& deployment, Ledger& ledger, std::string name, std::string town,
                   std::string village, std::atomic<int>& exact_reads, uint64_t seed)
    : ledger_(ledger),
      name_(std::move(name)),
      town_(std::move(town)),
      village_(std::move(village)),
      exact_reads_(exact_reads),
      random_(seed),
      activities_(av1::ActivityService::NewStub(deployment.Activities(auth::Role::kReporter, town_))),
      reporting_(reporting::v1::RollupService::NewStub(deployment.Reporting(auth::Role::kReporter, town_))) {}

void Reporter::Work(absl::Time give_up) {
  const int dice = Below(100);
  if (dice < 70) return Push(give_up);
  if (dice < 76) return Delete(give_up);
  if (dice < 80) return Confirm(give_up);
  if (dice < 90) return Abandon();
  Read();
}

bool Reporter::TryAgain(const grpc::Status& status, absl::Time give_up, const std::string& what) {
  if (status.ok()) return false;
  const std::string story =
      absl::StrCat(name_, ": ", what, " ended with ", status.error_code(), " ", status.error_message());
  if (!MayRepeat(status.error_code())) {
    ledger_.Complain(story);
    return false;
  }
  if (absl::Now() > give_up) {
    ledger_.Complain("no answer for too long: " + story);
    return false;
  }
  absl::SleepFor(kPause);
  return true;
}

av1::Activity Reporter::NewActivity(const std::string& kind) {
  av1::Activity activity;
  activity.set_name(absl::StrFormat("%s-%06d", name_, next_id_++));
  activity.set_kind(kind);
  activity.set_date(absl::StrFormat("%d-%02d-%02d", 2023 + Below(2), 1 + Below(12), 1 + Below(28)));
  activity.set_village(village_);
  activity.set_title(absl::StrCat("活动", Below(1000)));
  for (const char* audience : kAudiences) {
    if (Below(3) == 0) activity.add_audiences(audience);
  }
  for (const char* entry : {"lc-1", "lc-2"}) {
    if (Below(3) == 0) activity.add_roster_entries(entry);
  }
  if (Below(2) == 0) (*activity.mutable_measures())["occurrences"] = 1 + Below(3);
  if (Below(4) != 0) (*activity.mutable_measures())["attendances"] = Below(5) == 0 ? 0 : Below(500);
  return activity;
}

void Reporter::Add(Batch& batch, const av1::Activity& activity, Intent intent) {
  *batch.request.add_activities() = activity;
  batch.records.push_back({KeyOf(Id(activity)), ContentOf(town_, activity), intent});
}

// One to three batches over different records.
std::vector<Reporter::Batch> Reporter::MakeBatches() {
  std::vector<Batch> batches(static_cast<size_t>(1 + Below(3)));
  std::set<std::string> used;
  for (Batch& batch : batches) {
    batch.request.set_parent("townships/" + town_);
    batch.request.set_batch_id(&batch - batches.data());
    batch.request.set_reason("故障测试更正");
    const int size = 1 + Below(kMostRecords);
    for (int i = 0; i < size; ++i) {
      const int dice = Below(10);
      auto old =
          mine_.empty() ? mine_.end() : std::next(mine_.begin(), Below(static_cast<int>(mine_.size())));
      if (dice < 6 || old == mine_.end() || !used.insert(old->first).second) {
        Add(batch, NewActivity(dice % 2 == 0 ? "law_lecture" : "publicity_event"), Intent::kCreate);
      } else if (dice < 8) {
        av1::Activity changed = old->second;
        changed.set_date(absl::StrFormat("2024-%02d-%02d", 1 + Below(12), 1 + Below(28)));
        changed.set_title(absl::StrCat(changed.title(), "改"));  // so that it is another content for certain
        (*changed.mutable_measures())["attendances"] = Below(500);
        changed.set_etag(std::to_string(ledger_.Newest(KeyOf(old->first)).revision));
        Add(batch, changed, Intent::kCorrect);
      } else {
        Add(batch, old->second, Intent::kRepeat);
      }
    }
  }
  return batches;
}

void Reporter::Push(absl::Time give_up) {
  std::vector<Batch> batches = MakeBatches();
  const bool stream = Below(2) == 0;
  const auto done = [&] {
    return std::all_of(batches.begin(), batches.end(), [](const Batch& b) { return b.acknowledged; });
  };
  while (!done()) {
    grpc::Status status;
    if (stream) {
      status = SendStream(batches);
    } else {
      for (Batch& batch : batches) {
        if (status.ok() && !batch.acknowledged) status = SendUnary(batch, kCallTimeout);
      }
    }
    if (status.ok() && !done())
      status = grpc::Status(grpc::StatusCode::UNAVAILABLE, "the stream ended without an answer");
    if (!status.ok() && !TryAgain(status, give_up, stream ? "PushActivities" : "BatchPushActivities")) return;
  }
}

grpc::Status Reporter::SendUnary(Batch& batch, absl::Duration timeout) {
  av1::BatchPushActivitiesRequest request;
  request.set_parent(batch.request.parent());
  *request.mutable_activities() = batch.request.activities();
  request.set_reason(batch.request.reason());
  grpc::ClientContext context;
  rpc::PrepareContext(&context, timeout);
  av1::BatchPushActivitiesResponse response;
  ++batch.sends;
  const grpc::Status status = activities_->BatchPushActivities(&context, request, &response);
  if (status.ok()) Acknowledge(batch, response);
  return status;
}

// All batches at once, so that a kill finds several on their way.
grpc::Status Reporter::SendStream(std::vector<Batch>& batches) {
  grpc::ClientContext context;
  rpc::PrepareContext(&context, kCallTimeout);
  const auto stream = activities_->PushActivities(&context);
  for (Batch& batch : batches) {
    if (batch.acknowledged) continue;
    ++batch.sends;
    if (!stream->Write(batch.request)) break;
  }
  stream->WritesDone();
  av1::PushActivitiesResponse response;
  while (stream->Read(&response)) {
    const auto index = static_cast<size_t>(response.batch_id());
    if (index >= batches.size() || batches[index].acknowledged) {
      ledger_.Complain(absl::StrCat(name_, ": an acknowledgement of batch ", index, " that was not sent"));
      continue;
    }
    Acknowledge(batches[index], response);
  }
  return stream->Finish();
}

template <typename Response>
void Reporter::Acknowledge(Batch& batch, const Response& response) {
  batch.acknowledged = true;
  if (response.results_size() != static_cast<int>(batch.records.size())) {
    ledger_.Complain(
        absl::StrCat(name_, ": ", response.results_size(), " results for ", batch.records.size()));
    return;
  }
  for (int i = 0; i < response.results_size(); ++i) {
    const Sent& sent = batch.records[static_cast<size_t>(i)];
    Accept(sent, response.results(i), batch.sends == 1);
    const auto old = mine_.find(Id(batch.request.activities(i)));
    if (old != mine_.end()) TakeFrom(sums_, ContentOf(town_, old->second).cells);
    AddTo(sums_, sent.content.cells);
    av1::Activity& kept = mine_[Id(batch.request.activities(i))];
    kept = batch.request.activities(i);
    kept.clear_etag();
  }
  last_ = response.position();
}

void Reporter::Accept(const Sent& sent, const common::v1::RecordResult& result, bool first_time) {
  using common::v1::Outcome;
  const Outcome fresh = sent.intent == Intent::kCreate    ? common::v1::OUTCOME_CREATED
                        : sent.intent == Intent::kCorrect ? common::v1::OUTCOME_UPDATED
                                                          : common::v1::OUTCOME_UNCHANGED;
  const bool fits =
      result.outcome() == fresh || (!first_time && result.outcome() == common::v1::OUTCOME_UNCHANGED);
  if (!fits) {
    ledger_.Complain(absl::StrCat(name_, ": ", NameOf(sent.key), first_time ? "" : " sent again", " became ",
                                  common::v1::Outcome_Name(result.outcome()), " instead of ",
                                  common::v1::Outcome_Name(fresh), ": ", result.ShortDebugString()));
    return;
  }
  ledger_.Acknowledge(sent.key, sent.content, result.revision());
}

}  // namespace zhenhui::faults
