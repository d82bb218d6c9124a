#include "services/reporting/upkeep/raw_stream.h"

#include <chrono>

#include "common/rpc/status_to_grpc.h"

namespace zhenhui::reporting {

RawStream::RawStream(const std::shared_ptr<grpc::Channel>& channel, const std::string& method,
                     const std::string& request, absl::Time deadline)
    : stub_(channel) {
  if (deadline < absl::InfiniteFuture()) context_.set_deadline(absl::ToChronoTime(deadline));
  call_ = stub_.PrepareCall(&context_, method, &queue_);
  call_->StartCall(this);
  bool ok = Await();
  if (ok) {
    const grpc::Slice slice(request);
    call_->WriteLast(grpc::ByteBuffer(&slice, 1), grpc::WriteOptions(), this);
    ok = Await();
  }
  ended_ = !ok;
  if (ok) StartRead();
}

RawStream::~RawStream() {
  context_.TryCancel();
  if (reading_) Await();
  if (!finished_) {
    call_->Finish(&status_, this);
    Await();
  }
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

bool RawStream::Await() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

void RawStream::StartRead() {
  reading_ = true;
  call_->Read(&incoming_, this);
}

RawStream::Got RawStream::Next(absl::Duration wait, std::string_view& message) {
  if (ended_) return Got::kEnd;
  void* tag = nullptr;
  bool ok = false;
  const auto until = std::chrono::system_clock::now() + absl::ToChronoMicroseconds(wait);
  if (queue_.AsyncNext(&tag, &ok, until) == grpc::CompletionQueue::TIMEOUT) return Got::kNothingYet;
  reading_ = false;
  if (!ok) {
    ended_ = true;
    return Got::kEnd;
  }
  if (!incoming_.TrySingleSlice(&current_).ok() && !incoming_.DumpToSingleSlice(&current_).ok()) {
    context_.TryCancel();
    ended_ = true;
    return Got::kEnd;
  }
  incoming_.Clear();
  StartRead();
  message = std::string_view(reinterpret_cast<const char*>(current_.begin()), current_.size());
  return Got::kMessage;
}

absl::Status RawStream::Finish() {
  if (!finished_) {
    finished_ = true;
    call_->Finish(&status_, this);
    Await();
  }
  return rpc::FromGrpc(status_);
}

}  // namespace zhenhui::reporting
