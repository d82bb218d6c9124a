#pragma once

#include <atomic>
#include <functional>
#include <utility>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "common/exec/executor.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

// Reactors for streaming handlers. Each is made with `new`, returned from the handler, and deletes itself.
// For a stream that waits for news see live_stream.h.
namespace zhenhui::rpc {

// A server stream that is refused at once.
template <typename Message>
class RefusedStream final : public grpc::ServerWriteReactor<Message> {
 public:
  explicit RefusedStream(const absl::Status& status) { this->Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

// A bidirectional stream that is refused at once.
template <typename Request, typename Response>
class RefusedBidi final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  explicit RefusedBidi(const absl::Status& status) { this->Finish(ToGrpc(status)); }
  void OnDone() override { delete this; }
};

// Streams pages: one write in flight, one page in memory, no database connection held while the client is
// slow.
template <typename Message>
class PagedStream final : public grpc::ServerWriteReactor<Message> {
 public:
  // Returns the next page; an empty page ends the stream. Called on `executor`, never concurrently.
  using NextPage = std::function<absl::StatusOr<std::vector<Message>>()>;
  PagedStream(Executor& executor, NextPage next) : executor_(executor), next_(std::move(next)) { Fetch(); }

 private:
  void Fetch() {
    const bool queued = executor_.TrySubmit([this] {
      if (cancelled_) return this->Finish(grpc::Status::CANCELLED);
      absl::StatusOr<std::vector<Message>> page = next_();
      if (!page.ok()) return this->Finish(ToGrpc(page.status()));
      if (page->empty()) return this->Finish(grpc::Status::OK);
      page_ = *std::move(page);
      sent_ = 0;
      Write();
    });
    if (!queued) this->Finish(ToGrpc(QueueFull()));
  }
  void Write() {
    const Message* next = &page_[sent_++];
    grpc::WriteOptions options;
    // Hints that gRPC may collect the page; never with the first message: it carries the initial metadata,
    // whose write nothing would then begin on a quiet connection, and no callback would ever come.
    if (begun_ && sent_ < page_.size()) options.set_buffer_hint();
    begun_ = true;
    this->StartWrite(next, options);
  }
  void OnWriteDone(bool ok) override {
    if (!ok || cancelled_) return this->Finish(grpc::Status::CANCELLED);
    sent_ < page_.size() ? Write() : Fetch();
  }
  void OnCancel() override { cancelled_ = true; }  // may run beside OnWriteDone
  void OnDone() override { delete this; }          // always last

  Executor& executor_;
  const NextPage next_;
  std::vector<Message> page_;
  std::size_t sent_ = 0;
  bool begun_ = false;  // something was sent
  std::atomic<bool> cancelled_{false};
};

// A bidirectional stream with one answer for each request, in order: the next request is read after the
// answer to the one before was handed to gRPC. Half-close by the client ends it with OK; an error of `handle`
// ends it at once. So a client must read answers while it writes: if it only writes, both sides wait as soon
// as the transport's buffers are full (the in-process transport has none).
template <typename Request, typename Response>
class BatchStream final : public grpc::ServerBidiReactor<Request, Response> {
 public:
  // Called on `executor`, never concurrently for one stream.
  using Handle = std::function<absl::StatusOr<Response>(const Request&)>;
  BatchStream(Executor& executor, Handle handle) : executor_(executor), handle_(std::move(handle)) {
    this->StartRead(&request_);
  }

 private:
  void OnReadDone(bool ok) override {
    if (cancelled_) return this->Finish(grpc::Status::CANCELLED);
    if (!ok) return this->Finish(grpc::Status::OK);
    const bool queued = executor_.TrySubmit([this] {
      if (cancelled_) return this->Finish(grpc::Status::CANCELLED);
      absl::StatusOr<Response> response = handle_(request_);
      if (!response.ok()) return this->Finish(ToGrpc(response.status()));
      response_ = *std::move(response);
      this->StartWrite(&response_);
    });
    if (!queued) this->Finish(ToGrpc(QueueFull()));
  }
  void OnWriteDone(bool ok) override {
    if (!ok || cancelled_) return this->Finish(grpc::Status::CANCELLED);
    request_.Clear();
    this->StartRead(&request_);
  }
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override { delete this; }

  Executor& executor_;
  const Handle handle_;
  Request request_;
  Response response_;
  std::atomic<bool> cancelled_{false};
};

}  // namespace zhenhui::rpc
