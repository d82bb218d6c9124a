#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/exec/executor.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::rpc {

// Wakes one live stream from any thread, also after the stream has ended. Thread-safe.
class Waker {
 public:
  // Makes the stream look for news now. Cheap; many calls while it is looking count as one.
  void Wake() {
    std::lock_guard lock(mu_);
    if (wake_) wake_();
  }

 private:
  template <typename Message>
  friend class LiveStream;
  std::mutex mu_;
  std::function<void()> wake_;  // guarded by mu_; empty once the stream has ended
};

// How long the caller of a stream may go on: as his token. A stream lasts for days; were the token looked at
// only when it begins, one that was let expire because somebody left would go on being served.
struct Lifetime {
  absl::Time expires = absl::InfiniteFuture();  // exclusive, as auth::Claims::expires
  std::function<absl::Time()> now = absl::Now;  // thread-safe
};

// A server stream that sends what there is, and then waits for more: a change feed, a dashboard's updates.
// It holds no thread while it waits. It ends with UNAUTHENTICATED, TOKEN_EXPIRED, at most `sweep` after its
// lifetime. Made with `new`; deletes itself.
template <typename Message>
class LiveStream final : public grpc::ServerWriteReactor<Message> {
 public:
  // Returns the next messages, or none: then the stream sleeps until Wake() or until `sweep` has passed. An
  // error ends the stream. Called on `executor`, never concurrently.
  using NextPage = std::function<absl::StatusOr<std::vector<Message>>()>;
  // `on_end` runs once, when the stream is over: unregister the waker there.
  LiveStream(Executor& executor, NextPage next, std::shared_ptr<Waker> waker, std::function<void()> on_end,
             absl::Duration sweep = absl::Seconds(1), Lifetime lifetime = {})
      : executor_(executor),
        next_(std::move(next)),
        waker_(std::move(waker)),
        on_end_(std::move(on_end)),
        sweep_(sweep),
        lifetime_(std::move(lifetime)) {
    {
      std::lock_guard lock(waker_->mu_);
      waker_->wake_ = [this] { Rouse(false); };
    }
    Fetch();
  }

 private:
  // Leaving the sleep happens in the alarm's callback alone: so no callback can come after Finish and OnDone.
  enum class State { kBusy, kAsleep };

  void Fetch() {
    const bool queued = executor_.TrySubmit([this] {
      if (IsCancelled()) return this->Finish(grpc::Status::CANCELLED);
      if (lifetime_.now() >= lifetime_.expires) return this->Finish(ToGrpc(TokenExpired()));
      absl::StatusOr<std::vector<Message>> page = next_();
      if (!page.ok()) return this->Finish(ToGrpc(page.status()));
      if (page->empty()) return Sleep();
      page_ = *std::move(page);
      sent_ = 0;
      Write();
    });
    if (!queued) this->Finish(ToGrpc(QueueFull()));
  }

  void Sleep() {
    std::unique_lock lock(mu_);
    if (cancelled_ || std::exchange(news_, false)) {
      lock.unlock();
      return Fetch();
    }
    state_ = State::kAsleep;
    alarm_ = std::make_shared<grpc::Alarm>();
    alarm_->Set(std::chrono::system_clock::now() + absl::ToChronoNanoseconds(sweep_), [this](bool) {
      {
        std::lock_guard awake(mu_);
        state_ = State::kBusy;
        news_ = false;
      }
      Fetch();
    });
  }

  void Rouse(bool cancel) {
    std::shared_ptr<grpc::Alarm> alarm;
    {
      std::lock_guard lock(mu_);
      news_ = true;
      cancelled_ = cancelled_ || cancel;
      if (state_ == State::kAsleep) alarm = alarm_;
    }
    if (alarm != nullptr) alarm->Cancel();  // outside the lock: the callback takes it
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
    if (!ok || IsCancelled()) return this->Finish(grpc::Status::CANCELLED);
    sent_ < page_.size() ? Write() : Fetch();
  }
  void OnCancel() override { Rouse(true); }
  void OnDone() override {
    {
      std::lock_guard lock(waker_->mu_);
      waker_->wake_ = nullptr;
    }
    if (on_end_) on_end_();
    delete this;
  }
  bool IsCancelled() {
    std::lock_guard lock(mu_);
    return cancelled_;
  }

  Executor& executor_;
  const NextPage next_;
  const std::shared_ptr<Waker> waker_;
  const std::function<void()> on_end_;
  const absl::Duration sweep_;
  const Lifetime lifetime_;
  std::vector<Message> page_;
  std::size_t sent_ = 0;
  bool begun_ = false;  // something was sent
  std::mutex mu_;
  State state_ = State::kBusy;          // guarded by mu_
  bool news_ = false;                   // guarded by mu_: woken while busy
  bool cancelled_ = false;              // guarded by mu_
  std::shared_ptr<grpc::Alarm> alarm_;  // guarded by mu_
};

}  // namespace zhenhui::rpc
