#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/faults/workload.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::faults {

// A town's program: pushes new, repeated and corrected records over streams and unary calls, deletes,
// confirms months, leaves batches in the middle, and reads its village's figures with the token of its last
// push. Its records are all in one village in which nobody else works, so it knows that village's figures
// exactly.
class Reporter final : public Actor {
 public:
  Reporter(const Deployment& deployment, Ledger& ledger, std::string name, std::string town,
           std::string village, std::atomic<int>& exact_reads, uint64_t seed);
  void Work(absl::Time give_up) override;

 private:
  static constexpr absl::Duration kCallTimeout = absl::Seconds(5);
  static constexpr absl::Duration kPause = absl::Milliseconds(30);  // before the next attempt
  static constexpr int kMostRecords = 40;                           // in a batch

  enum class Intent { kCreate, kCorrect, kRepeat };
  struct Sent {
    RecordKey key;
    Content content;
    Intent intent;
  };
  struct Batch {
    activities::v1::PushActivitiesRequest request;
    std::vector<Sent> records;
    int sends = 0;
    bool acknowledged = false;
  };

  // Push.
  activities::v1::Activity NewActivity(const std::string& kind);
  void Add(Batch& batch, const activities::v1::Activity& activity, Intent intent);
  std::vector<Batch> MakeBatches();
  void Push(absl::Time give_up);
  grpc::Status SendUnary(Batch& batch, absl::Duration timeout);
  grpc::Status SendStream(std::vector<Batch>& batches);
  template <typename Response>
  void Acknowledge(Batch& batch, const Response& response);
  void Accept(const Sent& sent, const common::v1::RecordResult& result, bool first_time);
  // Others (reporter_others.cc).
  void Delete(absl::Time give_up);
  void Confirm(absl::Time give_up);
  void Abandon();
  void Read();

  // Whether to try again; complains about errors that may not happen, and when it is time to give up.
  bool TryAgain(const grpc::Status& status, absl::Time give_up, const std::string& what);
  int Below(int limit) { return static_cast<int>(random_() % static_cast<uint64_t>(limit)); }
  RecordKey KeyOf(const std::string& id) const { return {"activities", town_, "activity/" + id}; }

  Ledger& ledger_;
  const std::string name_;
  const std::string town_;
  const std::string village_;
  std::atomic<int>& exact_reads_;
  Random random_;
  std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
  std::unique_ptr<reporting::v1::RollupService::Stub> reporting_;
  std::map<std::string, activities::v1::Activity> mine_;  // by id, as acknowledged; deleted ones are left out
  Cells sums_;                                            // of these
  common::v1::FeedPosition last_;
  int next_id_ = 0;
};

}  // namespace zhenhui::faults
