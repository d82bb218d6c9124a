#pragma once
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/proto_utils.h>

#include "absl/status/statusor.h"
#include "common/exec/executor.h"
#include "common/rpc/call.h"
#include "services/activities/rpc/push_handler.h"

namespace zhenhui::activities {

// One PushActivities call: batches are stored one after the other, each is acknowledged after its commit, in
// order. While one commits, the next is read and parsed; more are not read, so a fast client waits. An error
// of a batch ends the stream, after the acknowledgements of the batches before it. Made with `new`; deletes
// itself.
class PushStream final : public grpc::ServerBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  // Executor and handler outlive the stream.
  PushStream(Executor& executor, PushHandler& handler, rpc::Call call);

 private:
  using Incoming = absl::StatusOr<ParsedBatch<v1::PushActivitiesRequest>>;

  void OnReadDone(bool ok) override;
  void OnWriteDone(bool ok) override;
  void OnCancel() override;
  void OnDone() override;

  void Step();                         // starts whatever can be started; holds mu_
  void Submit();                       // holds mu_
  void Fail(const grpc::Status& why);  // holds mu_
  void Store(const std::shared_ptr<Incoming>& batch);

  Executor& executor_;
  PushHandler& handler_;
  const rpc::Call call_;
  grpc::ByteBuffer incoming_;

  std::mutex mu_;
  std::deque<std::shared_ptr<Incoming>> waiting_;  // guarded by mu_, as everything below
  std::deque<grpc::ByteBuffer> answers_;           // the first one is being written while writing_
  bool reading_ = false;
  bool storing_ = false;
  bool writing_ = false;
  bool ended_ = false;  // the client will send no more
  bool finished_ = false;
  std::optional<grpc::Status> failure_;  // stores no more; finishes once the answers are written
};

}  // namespace zhenhui::activities
