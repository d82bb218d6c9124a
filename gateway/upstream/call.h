#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <grpcpp/client_context.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "absl/time/time.h"
#include "gateway/upstream/signal.h"

// Calls of services by method name and bytes: no generated code, no thread that waits. Both kinds of call
// live on one executor: all functions there; gRPC's own threads only post to it.
namespace zhenhui::gateway::upstream {

struct CallSpec {
  std::string method = {};      // "/zhenhui.reporting.v1.RollupService/CompareTownships"
  std::string request = {};     // serialised
  std::string token = {};       // bearer; empty: none
  std::string request_id = {};  // empty: none
  absl::Duration timeout = absl::InfiniteDuration();
};

// The bytes of a message that gRPC received, in one piece; not copied when they came so. Must outlive its
// view.
class Received {
 public:
  grpc::ByteBuffer* buffer() { return &buffer_; }
  std::string_view View();

 private:
  grpc::ByteBuffer buffer_ = {};
  grpc::Slice slice_ = {};
};

class UnaryCall : public std::enable_shared_from_this<UnaryCall> {
 public:
  static std::shared_ptr<UnaryCall> Make(const asio::any_io_executor& executor, CallSpec spec);

  // Runs the call to its end, also when it is cancelled. Once. `stub` must outlive it.
  asio::awaitable<void> Run(grpc::GenericStub& stub);
  void Cancel() { context_.TryCancel(); }

  // After Run.
  const grpc::Status& status() const { return status_; }
  std::string_view Answer() { return answer_.View(); }

 private:
  UnaryCall(const asio::any_io_executor& executor, CallSpec spec);

  const asio::any_io_executor executor_;
  const CallSpec spec_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  Received answer_;
  grpc::Status status_;
  Signal done_;
};

// A stream of answers to one request. The next answer is asked for when Next is called, so a slow reader
// slows the service down.
class StreamCall final : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer>,
                         public std::enable_shared_from_this<StreamCall> {
 public:
  enum class Event {
    kMessage,  // see message()
    kEnd,      // see status()
    kNothing,  // `limit` has passed
  };

  // Begins the call. Finish must be awaited before the executor ends.
  static std::shared_ptr<StreamCall> Start(const asio::any_io_executor& executor, grpc::GenericStub& stub,
                                           CallSpec spec);

  asio::awaitable<Event> Next(Signal::Duration limit);
  // Makes what is under way end soon, with CANCELLED.
  void Cancel() { context_.TryCancel(); }
  // Cancels what is left, and returns when gRPC is done with the call.
  asio::awaitable<void> Finish();

  // Of the last kMessage; until the next Next.
  std::string_view message() { return message_->View(); }
  const grpc::Status& status() const { return status_; }

 private:
  StreamCall(const asio::any_io_executor& executor, CallSpec spec);
  void OnReadDone(bool ok) override;
  void OnDone(const grpc::Status& status) override;

  const asio::any_io_executor executor_;
  const CallSpec spec_;
  grpc::ClientContext context_;
  grpc::ByteBuffer request_;
  std::unique_ptr<Received> message_;
  grpc::Status status_;
  Signal changed_;
  bool reading_ = false;
  bool has_message_ = false;
  bool no_more_ = false;  // the last read failed, or none will be begun
  bool done_ = false;
  std::shared_ptr<StreamCall> self_;  // until OnDone
};

}  // namespace zhenhui::gateway::upstream
