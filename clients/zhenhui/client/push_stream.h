#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <vector>

#include "clients/zhenhui/client/pusher.h"

namespace zhenhui::cli {

// One stream of PushActivities over batches [begin, end): one life of a connection. A writer keeps at most
// `window` batches in flight, the calling thread reads acknowledgements, a watchdog ends a stream that has
// stalled.
class PushStream {
 public:
  using OnAck = std::function<void(const Batch&, const activities::v1::PushActivitiesResponse&)>;

  PushStream(Connection* connection, const PushOptions& options, const std::vector<Batch>& batches,
             size_t begin);

  // Runs until every batch is acknowledged or the stream breaks. DEADLINE_EXCEEDED after a stall; UNAVAILABLE
  // when the server ended the stream too early.
  absl::Status Run(const OnAck& on_ack);

  // Index of the first batch that is not acknowledged.
  size_t acknowledged() const { return acknowledged_; }

 private:
  void Signal(bool* flag);
  void Write();
  void Watch();
  absl::Status Read(const OnAck& on_ack);

  const PushOptions& options_;
  const std::vector<Batch>& batches_;
  grpc::ClientContext context_;
  std::unique_ptr<
      grpc::ClientReaderWriter<activities::v1::PushActivitiesRequest, activities::v1::PushActivitiesResponse>>
      stream_;
  std::mutex mu_;
  std::condition_variable changed_;
  const size_t begin_;
  size_t acknowledged_;         // guarded by mu_ while Run runs
  bool reading_ended_ = false;  // guarded by mu_; stops the writer
  bool stream_ended_ = false;   // guarded by mu_; stops the watchdog
  bool stalled_ = false;        // guarded by mu_
};

}  // namespace zhenhui::cli
