#include "clients/zhenhui/client/pusher.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>
#include <thread>

#include "absl/time/clock.h"
#include "clients/zhenhui/client/push_stream.h"
#include "common/status/reason.h"

namespace zhenhui::cli {
namespace {

constexpr size_t kMaxBatchBytes = 3'000'000;

// UNKNOWN is a commit whose outcome the server could not see: sending the same ids again settles it.
bool CanSendAgain(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kUnknown:
      return true;
    case absl::StatusCode::kInternal:
      return ReasonOf(status).empty();  // a broken transport, not a server that says so
    default:
      return false;
  }
}

absl::Duration Delay(const PushOptions& options, int attempt, const absl::Status& status) {
  absl::Duration delay = options.first_delay * (int64_t{1} << std::min(attempt, 20));
  delay = std::min(delay, options.max_delay);
  if (const auto hint = RetryDelayOf(status); hint.has_value()) delay = std::max(delay, *hint);
  thread_local std::minstd_rand random(std::random_device{}());
  return delay * std::uniform_real_distribution<double>(1.0, 1.25)(random);
}

}  // namespace

absl::Status Pusher::Push(std::vector<std::vector<Batch>> townships) {
  std::mutex callbacks;
  std::mutex first_error_mu;
  absl::Status first_error;
  std::atomic<size_t> next = 0;
  std::atomic<bool> failed = false;
  const auto on_ack = [&](const Batch& batch, const activities::v1::PushActivitiesResponse& response) {
    const std::lock_guard lock(callbacks);
    on_ack_(batch, response);
  };
  const auto push_township = [&](std::vector<Batch>& batches) -> absl::Status {
    for (size_t i = 0; i < batches.size(); ++i) batches[i].request.set_batch_id(static_cast<int64_t>(i) + 1);
    size_t acknowledged = 0;
    for (int attempt = 0; acknowledged < batches.size(); ++attempt) {
      PushStream stream(connection_, options_, batches, acknowledged);
      const absl::Status status = stream.Run(on_ack);
      if (stream.acknowledged() > acknowledged) attempt = 0;
      acknowledged = stream.acknowledged();
      if (status.ok()) continue;
      if (!CanSendAgain(status) || attempt >= options_.retries || failed) return status;
      const absl::Duration delay = Delay(options_, attempt, status);
      {
        const std::lock_guard lock(callbacks);
        on_retry_(status, delay);
      }
      absl::SleepFor(delay);
    }
    return absl::OkStatus();
  };
  const auto work = [&] {
    for (size_t i = next++; i < townships.size() && !failed; i = next++) {
      const absl::Status status = push_township(townships[i]);
      if (status.ok()) continue;
      failed = true;
      const std::lock_guard lock(first_error_mu);
      if (first_error.ok()) first_error = status;
    }
  };
  std::vector<std::thread> threads;
  const size_t count = std::min(townships.size(), static_cast<size_t>(options_.streams));
  for (size_t i = 0; i < count; ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();
  return first_error;
}

void BatchBuilder::Add(activities::v1::Activity activity, size_t record) {
  const size_t bytes = activity.ByteSizeLong() + 8;
  const bool full =
      batches_.empty() || batches_.back().records.size() >= max_records_ || bytes_ + bytes > kMaxBatchBytes;
  if (full) {
    batches_.emplace_back();
    batches_.back().request.set_parent("townships/" + township_);
    bytes_ = 0;
  }
  bytes_ += bytes;
  *batches_.back().request.add_activities() = std::move(activity);
  batches_.back().records.push_back(record);
}

}  // namespace zhenhui::cli
