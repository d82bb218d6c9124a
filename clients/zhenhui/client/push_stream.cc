#include "clients/zhenhui/client/push_stream.h"

#include <thread>

#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"

namespace zhenhui::cli {

PushStream::PushStream(Connection* connection, const PushOptions& options, const std::vector<Batch>& batches,
                       size_t begin)
    : options_(options), batches_(batches), begin_(begin), acknowledged_(begin) {
  stream_ = connection->activities().PushActivities(&context_);
}

absl::Status PushStream::Run(const OnAck& on_ack) {
  std::thread writer([this] { Write(); });
  std::thread watchdog([this] { Watch(); });
  const absl::Status order = Read(on_ack);
  // Only when we do not want the rest: cancelling a stream that the server has ended hides why it did.
  if (!order.ok()) context_.TryCancel();
  Signal(&reading_ended_);
  writer.join();
  const absl::Status status = rpc::FromGrpc(stream_->Finish());
  Signal(&stream_ended_);
  watchdog.join();
  if (acknowledged_ == batches_.size()) return absl::OkStatus();
  if (!order.ok()) return order;
  if (stalled_) return absl::DeadlineExceededError("the server stopped answering");
  if (status.ok() || absl::IsCancelled(status)) return absl::UnavailableError("the stream ended too early");
  return status;
}

void PushStream::Signal(bool* flag) {
  {
    const std::lock_guard lock(mu_);
    *flag = true;
  }
  changed_.notify_all();
}

void PushStream::Write() {
  for (size_t i = begin_; i < batches_.size(); ++i) {
    {
      std::unique_lock lock(mu_);
      changed_.wait(lock, [&] { return reading_ended_ || i < acknowledged_ + options_.window; });
      if (reading_ended_) return;
    }
    if (!stream_->Write(batches_[i].request)) return;
  }
  stream_->WritesDone();
}

void PushStream::Watch() {
  std::unique_lock lock(mu_);
  while (!stream_ended_) {
    const size_t before = acknowledged_;
    const bool progress = changed_.wait_for(lock, absl::ToChronoNanoseconds(options_.stall_timeout),
                                            [&] { return stream_ended_ || acknowledged_ != before; });
    if (progress) continue;
    stalled_ = true;
    context_.TryCancel();
    return;
  }
}

absl::Status PushStream::Read(const OnAck& on_ack) {
  activities::v1::PushActivitiesResponse response;
  while (acknowledged_ < batches_.size() && stream_->Read(&response)) {
    const Batch& batch = batches_[acknowledged_];
    const bool right = response.batch_id() == batch.request.batch_id() &&
                       response.results_size() == batch.request.activities_size();
    // Such an answer must not be taken for another batch's; sending again could not mend it.
    if (!right)
      return Error(absl::StatusCode::kInternal, "ACK_MISMATCH", "the server acknowledged another batch");
    on_ack(batch, response);
    {
      const std::lock_guard lock(mu_);
      ++acknowledged_;
    }
    changed_.notify_all();
  }
  return absl::OkStatus();
}

}  // namespace zhenhui::cli
