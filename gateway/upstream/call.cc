#include "gateway/upstream/call.h"

#include <utility>

#include <boost/asio/post.hpp>

#include "absl/strings/str_cat.h"
#include "common/rpc/call.h"
#include "common/rpc/channel.h"

namespace zhenhui::gateway::upstream {
namespace {

void Prepare(const CallSpec& spec, grpc::ClientContext* context, grpc::ByteBuffer* request) {
  if (spec.timeout != absl::InfiniteDuration()) {
    rpc::PrepareContext(context, spec.timeout, spec.request_id);
  } else if (!spec.request_id.empty()) {
    context->AddMetadata(rpc::kRequestIdHeader, spec.request_id);
  }
  if (!spec.token.empty())
    context->AddMetadata(rpc::kAuthorizationHeader, absl::StrCat("Bearer ", spec.token));
  const grpc::Slice slice(spec.request);
  *request = grpc::ByteBuffer(&slice, 1);
}

}  // namespace

std::string_view Received::View() {
  if (buffer_.Length() == 0) return {};
  if (slice_.size() == 0 && !buffer_.TrySingleSlice(&slice_).ok() && !buffer_.DumpToSingleSlice(&slice_).ok())
    return {};
  return {reinterpret_cast<const char*>(slice_.begin()), slice_.size()};
}

UnaryCall::UnaryCall(const asio::any_io_executor& executor, CallSpec spec)
    : executor_(executor), spec_(std::move(spec)), done_(executor) {
  Prepare(spec_, &context_, &request_);
}

std::shared_ptr<UnaryCall> UnaryCall::Make(const asio::any_io_executor& executor, CallSpec spec) {
  return std::shared_ptr<UnaryCall>(new UnaryCall(executor, std::move(spec)));
}

asio::awaitable<void> UnaryCall::Run(grpc::GenericStub& stub) {
  stub.UnaryCall(&context_, spec_.method, grpc::StubOptions(), &request_, answer_.buffer(),
                 [self = shared_from_this()](grpc::Status status) mutable {
                   self->status_ = std::move(status);
                   // The last reference must not die on gRPC's thread: it holds a timer of the executor.
                   const asio::any_io_executor executor = self->executor_;
                   asio::post(executor, [self = std::move(self)] { self->done_.Set(); });
                 });
  co_await done_.Wait(Signal::Duration::max());
}

StreamCall::StreamCall(const asio::any_io_executor& executor, CallSpec spec)
    : executor_(executor),
      spec_(std::move(spec)),
      message_(std::make_unique<Received>()),
      changed_(executor) {
  Prepare(spec_, &context_, &request_);
}

std::shared_ptr<StreamCall> StreamCall::Start(const asio::any_io_executor& executor, grpc::GenericStub& stub,
                                              CallSpec spec) {
  std::shared_ptr<StreamCall> call(new StreamCall(executor, std::move(spec)));
  call->self_ = call;
  stub.PrepareBidiStreamingCall(&call->context_, call->spec_.method, grpc::StubOptions(), call.get());
  call->AddHold();  // reads are begun outside of reactions; taken back with the last one
  call->StartWriteLast(&call->request_, grpc::WriteOptions());
  call->StartCall();
  return call;
}

asio::awaitable<StreamCall::Event> StreamCall::Next(Signal::Duration limit) {
  if (!reading_ && !has_message_ && !no_more_) {
    reading_ = true;
    message_ = std::make_unique<Received>();
    StartRead(message_->buffer());
  }
  while (true) {
    if (std::exchange(has_message_, false)) co_return Event::kMessage;
    if (done_) co_return Event::kEnd;
    const bool changed = co_await changed_.Wait(limit);
    if (!changed) co_return Event::kNothing;
  }
}

asio::awaitable<void> StreamCall::Finish() {
  if (!done_) Cancel();
  while (!done_) {
    // Also after a read that was under way brings one more message.
    if (!reading_ && !std::exchange(no_more_, true)) RemoveHold();
    co_await changed_.Wait(Signal::Duration::max());
  }
}

void StreamCall::OnReadDone(bool ok) {
  asio::post(executor_, [self = shared_from_this(), ok] {
    self->reading_ = false;
    self->has_message_ = ok;
    if (!ok) {
      self->no_more_ = true;
      self->RemoveHold();
    }
    self->changed_.Set();
  });
}

void StreamCall::OnDone(const grpc::Status& status) {
  asio::post(executor_, [self = std::move(self_), status] {
    self->status_ = status;
    self->done_ = true;
    self->changed_.Set();
  });
}

}  // namespace zhenhui::gateway::upstream
