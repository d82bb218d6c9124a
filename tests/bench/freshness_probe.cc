#include "tests/bench/freshness_probe.h"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

#include "absl/time/clock.h"
#include "tests/bench/must.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

namespace v1 = reporting::v1;
using common::v1::FeedPosition;
constexpr size_t kEvery = 4;

// Asks again and again how far the figures are, and notes when it first sees each acknowledged batch.
class Reader {
 public:
  explicit Reader(Stand& stand) : stub_(stand.Connect()), thread_([this] { Run(); }) {}

  void Acknowledged(const FeedPosition& position) {
    const absl::Time now = absl::Now();
    std::lock_guard lock(mu_);
    waiting_[position.township()].push_back({position.revision(), now});
  }
  std::vector<double> Stop() {
    stopping_ = true;
    thread_.join();
    return seen_ms_;
  }

 private:
  struct Batch {
    int64_t revision;
    absl::Time acknowledged;
  };

  void Run() {
    v1::GetFreshnessRequest request;
    request.mutable_scope()->set_district("districts/" + Shape().district);
    for (bool all_seen = false; !(stopping_ && all_seen); absl::SleepFor(absl::Milliseconds(1))) {
      grpc::ClientContext context;
      v1::GetFreshnessResponse response;
      if (!stub_.GetFreshness(&context, request, &response).ok()) return;
      all_seen = Note(response, absl::Now());
    }
  }
  bool Note(const v1::GetFreshnessResponse& response, absl::Time now) {
    std::lock_guard lock(mu_);
    size_t left = 0;
    for (const v1::FeedFreshness& feed : response.feeds()) {
      if (feed.applied().feed() != common::v1::FEED_ACTIVITIES) continue;
      std::deque<Batch>& batches = waiting_[feed.applied().township()];
      for (; !batches.empty() && batches.front().revision <= feed.applied().revision(); batches.pop_front())
        seen_ms_.push_back(absl::ToDoubleMilliseconds(now - batches.front().acknowledged));
      left += batches.size();
    }
    return left == 0;
  }

  v1::RollupService::Stub stub_;
  std::mutex mu_;
  std::map<std::string, std::deque<Batch>> waiting_;  // guarded by mu_
  std::vector<double> seen_ms_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

v1::QueryRollupRequest EventsOf(const std::string& township) {
  v1::QueryRollupRequest request;
  request.mutable_scope()->add_townships(township);
  request.add_metrics("metrics/publicity_events");
  request.set_start_date("2024-01-01");
  request.set_end_date("2024-12-31");
  return request;
}

int64_t EventsIn(const activities::v1::PushActivitiesRequest& batch) {
  int64_t events = 0;
  for (const auto& activity : batch.activities()) events += activity.kind() == "publicity_event";
  return events;
}

// One town's own reader of what it has just written.
class Author {
 public:
  Author(Stand& stand, const Batches& batches)
      : stub_(stand.Connect()), batches_(batches), request_(EventsOf(batches.front().parent())) {
    events_ = Ask(nullptr, nullptr);
  }
  void Acknowledged(size_t batch, const FeedPosition& position) {
    events_ += EventsIn(batches_[batch]);
    if (batch % kEvery != 0) return;
    request_.clear_at_least_as_fresh();
    *request_.add_at_least_as_fresh() = position;
    bool included = false;
    const absl::Time start = absl::Now();
    const int64_t events = Ask(&position, &included);
    milliseconds.push_back(absl::ToDoubleMilliseconds(absl::Now() - start));
    violations += !included || events < events_;
  }

  std::vector<double> milliseconds;
  int violations = 0;

 private:
  int64_t Ask(const FeedPosition* position, bool* included) {
    grpc::ClientContext context;
    v1::QueryRollupResponse response;
    Must(stub_.QueryRollup(&context, request_, &response));
    Must(response.rows_size() == 1, "one row was asked for");
    for (const FeedPosition& held : response.revisions()) {
      if (position != nullptr && held.feed() == position->feed())
        *included = held.revision() >= position->revision();
    }
    return response.rows(0).figure().value();
  }

  v1::RollupService::Stub stub_;
  const Batches& batches_;
  v1::QueryRollupRequest request_;
  int64_t events_ = 0;  // of the town so far, by what was acknowledged
};

}  // namespace

Freshness MeasureFreshness(Stand& stand, const std::vector<Batches>& towns) {
  std::deque<Author> authors;
  for (const Batches& batches : towns) authors.emplace_back(stand, batches);
  Reader reader(stand);
  PushAll(stand, towns, [&](int town, size_t batch, const FeedPosition& position) {
    reader.Acknowledged(position);
    authors[static_cast<size_t>(town)].Acknowledged(batch, position);
  });
  Freshness result;
  result.seen_ms = reader.Stop();
  for (const Author& author : authors) {
    result.token_ms.insert(result.token_ms.end(), author.milliseconds.begin(), author.milliseconds.end());
    result.token_violations += author.violations;
  }
  return result;
}

}  // namespace zhenhui::bench
