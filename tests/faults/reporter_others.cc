// What a reporter does besides pushing.
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "tests/faults/reporter.h"

namespace zhenhui::faults {
namespace {

namespace av1 = activities::v1;
namespace rv1 = reporting::v1;

// A kind that Read does not ask for, because nobody knows whether an abandoned batch is stored.
constexpr char kAbandonedKind[] = "court_observation";

}  // namespace

void Reporter::Delete(absl::Time give_up) {
  if (mine_.empty()) return;
  const auto victim = std::next(mine_.begin(), Below(static_cast<int>(mine_.size())));
  av1::DeleteActivityRequest request;
  request.set_name(absl::StrCat("townships/", town_, "/activities/", victim->first));
  request.set_reason("故障测试删除");
  av1::DeleteActivityResponse response;
  grpc::Status status;
  do {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, kCallTimeout);
    status = activities_->DeleteActivity(&context, request, &response);
  } while (TryAgain(status, give_up, "DeleteActivity"));
  if (!status.ok()) return;
  ledger_.Acknowledge(KeyOf(victim->first), ContentOf(town_, response.activity()),
                      response.activity().revision());
  if (response.activity().state() != av1::ACTIVITY_STATE_DELETED)
    ledger_.Complain(victim->first + " is not deleted");
  TakeFrom(sums_, ContentOf(town_, victim->second).cells);
  last_ = response.position();
  mine_.erase(victim);
}

void Reporter::Confirm(absl::Time give_up) {
  av1::ConfirmMonthRequest request;
  request.set_parent("townships/" + town_);
  request.set_month(absl::StrFormat("%d-%02d", 2023 + Below(2), 1 + Below(12)));
  av1::ConfirmMonthResponse response;
  grpc::Status status;
  do {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, kCallTimeout);
    status = activities_->ConfirmMonth(&context, request, &response);
  } while (TryAgain(status, give_up, "ConfirmMonth"));
  if (!status.ok()) return;
  const av1::MonthConfirmation& stored = response.month_confirmation();
  ledger_.Acknowledge({"activities", town_, absl::StrCat("month/", request.month(), "-01")},
                      ContentOf(town_, stored), stored.revision());
}

// A client that ends in the middle: whatever comes of it, it does not ask again.
void Reporter::Abandon() {
  Batch batch;
  batch.request.set_parent("townships/" + town_);
  batch.request.set_reason("故障测试补报");  // the month may be confirmed
  for (int i = 0; i <= Below(kMostRecords); ++i) Add(batch, NewActivity(kAbandonedKind), Intent::kCreate);
  if (SendUnary(batch, absl::Milliseconds(1 + Below(40))).ok()) return;
  AbandonedBatch records;
  for (const Sent& sent : batch.records) records[sent.key] = sent.content;
  ledger_.Abandon(std::move(records));
}

// With the token of the last acknowledgement, the figures of the own village are exactly the own sums.
void Reporter::Read() {
  if (last_.revision() == 0) return;
  rv1::QueryRollupRequest request;
  request.mutable_scope()->add_townships("townships/" + town_);
  request.add_metrics("metrics/law_lectures");
  request.add_metrics("metrics/publicity_audience");
  request.set_start_date("2023-01-01");
  request.set_end_date("2024-12-31");
  request.set_group_by(rv1::GROUP_BY_VILLAGE);
  *request.add_at_least_as_fresh() = last_;
  grpc::ClientContext context;
  rpc::PrepareContext(&context, kCallTimeout);
  rv1::QueryRollupResponse response;
  const grpc::Status status = reporting_->QueryRollup(&context, request, &response);
  if (!status.ok()) {
    if (!MayRepeat(status.error_code()))
      ledger_.Complain(absl::StrCat(name_, ": QueryRollup: ", status.error_message()));
    return absl::SleepFor(kPause);
  }
  std::map<std::string, int64_t> wanted = {{"metrics/law_lectures", 0}, {"metrics/publicity_audience", 0}};
  for (const auto& [key, value] : sums_) {
    if (key.grain != 2) continue;
    if (key.series == "law_lecture.occurrences") wanted["metrics/law_lectures"] += value;
    if (key.series == "publicity_event.attendances") wanted["metrics/publicity_audience"] += value;
  }
  for (const rv1::RollupRow& row : response.rows()) {
    if (row.member() == village_) wanted[row.metric()] -= row.figure().value();
  }
  for (const auto& [metric, difference] : wanted) {
    if (difference != 0) {
      ledger_.Complain(absl::StrCat(name_, ": read with the token of revision ", last_.revision(), ", ",
                                    metric, " of ", village_, " is off by ", -difference));
    }
  }
  ++exact_reads_;
}

}  // namespace zhenhui::faults
