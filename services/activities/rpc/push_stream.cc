#include "services/activities/rpc/push_stream.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::activities {
namespace {

constexpr size_t kBatchesInFlight = 2;  // the one that is being stored, and the next
constexpr size_t kUnreadAnswers = 4;    // more wait until the client has read some
constexpr absl::Duration kLongestBatch = absl::Seconds(30);

absl::StatusOr<grpc::ByteBuffer> Serialize(const v1::PushActivitiesResponse& response) {
  grpc::ByteBuffer out;
  bool own_buffer = false;
  const grpc::Status status =
      grpc::SerializationTraits<v1::PushActivitiesResponse>::Serialize(response, &out, &own_buffer);
  if (!status.ok()) return absl::InternalError("cannot write the answer");
  return out;
}

}  // namespace

PushStream::PushStream(Executor& executor, PushHandler& handler, rpc::Call call)
    : executor_(executor), handler_(handler), call_(std::move(call)) {
  std::lock_guard lock(mu_);
  Step();
}

void PushStream::Step() {
  if (finished_) return;
  const size_t in_flight = waiting_.size() + (storing_ ? 1 : 0);
  if (!reading_ && !ended_ && !failure_ && in_flight < kBatchesInFlight) {
    reading_ = true;
    StartRead(&incoming_);
  }
  if (!storing_ && !waiting_.empty() && !failure_ && answers_.size() < kUnreadAnswers) Submit();
  if (!writing_ && !answers_.empty()) {
    writing_ = true;
    StartWrite(&answers_.front());
  }
  const bool no_more = failure_.has_value() || (ended_ && waiting_.empty());
  if (no_more && !storing_ && !writing_ && answers_.empty()) {
    finished_ = true;
    Finish(failure_.value_or(grpc::Status::OK));
  }
}

void PushStream::Submit() {
  std::shared_ptr<Incoming> batch = std::move(waiting_.front());
  waiting_.pop_front();
  storing_ = true;
  if (executor_.TrySubmit([this, batch] { Store(batch); })) return;
  storing_ = false;
  Fail(rpc::ToGrpc(rpc::QueueFull()));
}

void PushStream::Fail(const grpc::Status& why) {
  if (!failure_) failure_ = why;
  waiting_.clear();
}

// Runs on the executor.
void PushStream::Store(const std::shared_ptr<Incoming>& batch) {
  v1::PushActivitiesResponse response;
  absl::Status status;
  try {
    const absl::Time deadline = std::min(call_.deadline, absl::Now() + kLongestBatch);
    status = batch->status();
    if (status.ok()) {
      response.set_batch_id((*batch)->request.batch_id());
      status = handler_.Handle(call_.claims, **batch, deadline, &response);
    }
  } catch (const std::exception& e) {
    status = rpc::UnexpectedException(call_.request_id, e.what());
  }
  absl::StatusOr<grpc::ByteBuffer> answer = status.ok() ? Serialize(response) : status;
  std::lock_guard lock(mu_);
  storing_ = false;
  if (answer.ok()) {
    answers_.push_back(*std::move(answer));
  } else {
    Fail(rpc::ToGrpc(answer.status()));
  }
  Step();
}

void PushStream::OnReadDone(bool ok) {
  Incoming parsed = ParsedBatch<v1::PushActivitiesRequest>();
  if (ok) parsed = ParseBatch<v1::PushActivitiesRequest>(incoming_);
  std::lock_guard lock(mu_);
  reading_ = false;
  incoming_.Clear();
  if (!ok) {
    ended_ = true;
  } else {
    // What cannot be read waits in line too: the batches before it are still stored and acknowledged.
    waiting_.push_back(std::make_shared<Incoming>(std::move(parsed)));
  }
  Step();
}

void PushStream::OnWriteDone(bool ok) {
  std::lock_guard lock(mu_);
  writing_ = false;
  if (!answers_.empty()) answers_.pop_front();
  if (!ok) {
    answers_.clear();
    Fail(grpc::Status::CANCELLED);
  }
  Step();
}

void PushStream::OnCancel() {
  std::lock_guard lock(mu_);
  if (!writing_) answers_.clear();
  Fail(grpc::Status::CANCELLED);
  Step();
}

void PushStream::OnDone() {
  { std::lock_guard lock(mu_); }  // the call that finished the stream may still be leaving it
  delete this;
}

}  // namespace zhenhui::activities
