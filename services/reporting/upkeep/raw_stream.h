#pragma once
#include <memory>
#include <string>
#include <string_view>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace zhenhui::reporting {

// A server stream read by one thread as the bytes that came, so that the reader decides what is worth
// parsing. One message is fetched ahead; what more the server sends waits in HTTP/2's flow control. Only
// Cancel is thread-safe.
class RawStream {
 public:
  enum class Got { kMessage, kNothingYet, kEnd };

  // `request` is the serialised message. Blocks until the call has begun or failed: see Finish.
  RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
            const std::string& request, absl::Time deadline);
  ~RawStream();  // cancels what is left
  RawStream(const RawStream&) = delete;
  RawStream& operator=(const RawStream&) = delete;

  // Waits at most `wait`. `message` lives until the next call.
  Got Next(absl::Duration wait, std::string_view& message);
  // After kEnd: how the call ended.
  absl::Status Finish();
  // Ends the call soon, also while Next waits.
  void Cancel() { context_.TryCancel(); }

 private:
  bool Await();  // the one operation that is under way
  void StartRead();

  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  grpc::GenericStub stub_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> call_;
  grpc::ByteBuffer incoming_;
  grpc::Slice current_;
  grpc::Status status_;
  bool reading_ = false;
  bool ended_ = false;
  bool finished_ = false;
};

}  // namespace zhenhui::reporting
