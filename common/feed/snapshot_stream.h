#pragma once
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/exec/executor.h"
#include "common/feed/snapshot_reader.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::feed {

struct SnapshotOptions {
  std::string current = {};   // see SnapshotSql; empty (the faster way) reads the log alone
  std::string township = {};  // division code
  int64_t read_revision = 0;  // 0: the newest
  size_t part_bytes = size_t{256} << 10;
  // A stream holds a database connection. After this time it gives it back, however slow its client is, and
  // ends with DEADLINE_EXCEEDED.
  absl::Duration timeout = absl::Minutes(5);
};

// Adds one record to a part, or leaves it out (a deleted one). May be called from several streams at once.
template <typename Response>
using RecordEncoder =
    std::function<absl::Status(int16_t record_type, const std::string& record, Response* part)>;

// The whole of a StreamSnapshot handler after its checks. Response has read_revision and last. While one part
// is being written the next is being read, so at most two are in memory. Made with `new`; deletes itself. The
// executor has threads of its own (not InlineExecutor), as a task waits for the database; `pool` has
// Statements() prepared.
template <typename Response>
class SnapshotStream final : public grpc::ServerWriteReactor<Response> {
 public:
  SnapshotStream(Executor& executor, db::Pool& pool, SnapshotOptions options, RecordEncoder<Response> encode)
      : executor_(executor),
        pool_(pool),
        options_(std::move(options)),
        encode_(std::move(encode)),
        deadline_(absl::Now() + options_.timeout),
        reading_(std::make_shared<Reading>()) {
    alarm_.Set(absl::ToChronoTime(deadline_), [&executor, reading = reading_](bool expired) {
      if (!expired) return;
      reading->expired = true;
      reading->Release(executor);
    });
    std::lock_guard lock(mu_);
    Fetch();
  }

 private:
  // Shared with tasks and the alarm, which may outlive the stream.
  struct Reading : std::enable_shared_from_this<Reading> {
    std::mutex mu;
    std::unique_ptr<SnapshotReader> reader;  // guarded by mu
    std::atomic<bool> expired{false};

    // Ending a COPY early may block, so it happens on the executor if that has room.
    void Release(Executor& executor) {
      auto release = [self = this->shared_from_this()] {
        std::lock_guard lock(self->mu);
        self->reader.reset();
      };
      if (!executor.TrySubmit(release)) release();
    }
  };

  void Fetch();
  void Read();
  absl::Status ReadPart(Response* part);
  void Send();
  void End(const grpc::Status& status);
  void OnWriteDone(bool ok) override;
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override;

  Executor& executor_;
  db::Pool& pool_;
  const SnapshotOptions options_;
  const RecordEncoder<Response> encode_;
  const absl::Time deadline_;
  const std::shared_ptr<Reading> reading_;
  grpc::Alarm alarm_;
  std::atomic<bool> cancelled_{false};
  std::mutex mu_;
  std::optional<Response> ready_;      // guarded by mu_: read and not yet being written
  Response writing_;                   // guarded by mu_ except during a write
  bool is_reading_ = false;            // guarded by mu_
  bool is_writing_ = false;            // guarded by mu_
  std::optional<grpc::Status> ended_;  // guarded by mu_: finish with it once nothing is in flight
};

template <typename Response>
void SnapshotStream<Response>::Fetch() {
  is_reading_ = true;
  if (executor_.TrySubmit([this] { Read(); })) return;
  is_reading_ = false;
  End(rpc::ToGrpc(rpc::QueueFull()));
}

// Runs on the executor; nothing else touches the reader but its release.
template <typename Response>
void SnapshotStream<Response>::Read() {
  Response part;
  absl::Status status = cancelled_ ? absl::CancelledError("") : ReadPart(&part);
  std::lock_guard lock(mu_);
  is_reading_ = false;
  if (!status.ok()) return End(rpc::ToGrpc(status));
  ready_ = std::move(part);
  Send();
}

template <typename Response>
absl::Status SnapshotStream<Response>::ReadPart(Response* part) {
  std::lock_guard lock(reading_->mu);
  if (reading_->expired) return SnapshotReader::Expired();
  if (reading_->reader == nullptr) {
    absl::StatusOr<std::unique_ptr<SnapshotReader>> opened =
        SnapshotReader::Open(pool_, deadline_, options_.current, options_.township, options_.read_revision);
    if (!opened.ok()) return opened.status();
    reading_->reader = *std::move(opened);
  }
  absl::Status encoded;
  const auto on_record = [&](int16_t type, const std::string& record) {
    if (encoded.ok()) encoded = encode_(type, record, part);
  };
  absl::StatusOr<bool> more = reading_->reader->Next(options_.part_bytes, on_record);
  if (!more.ok()) return more.status();
  part->set_read_revision(reading_->reader->read_revision());
  if (!*more) {
    part->set_last(true);
    reading_->reader.reset();
  }
  return encoded;
}

// Begins to write what is ready, and to read what follows it. Holds mu_.
template <typename Response>
void SnapshotStream<Response>::Send() {
  if (ended_.has_value()) return End(*ended_);
  if (is_writing_ || !ready_.has_value()) return;
  writing_ = *std::move(ready_);
  ready_.reset();
  is_writing_ = true;
  const bool last = writing_.last();
  this->StartWrite(&writing_);
  if (!last) Fetch();
}

// Holds mu_.
template <typename Response>
void SnapshotStream<Response>::End(const grpc::Status& status) {
  if (!ended_.has_value()) ended_ = status;
  if (!is_reading_ && !is_writing_) this->Finish(*ended_);
}

template <typename Response>
void SnapshotStream<Response>::OnWriteDone(bool ok) {
  std::lock_guard lock(mu_);
  is_writing_ = false;
  if (!ok || cancelled_) return End(grpc::Status::CANCELLED);
  if (writing_.last()) return End(grpc::Status::OK);
  Send();
}

template <typename Response>
void SnapshotStream<Response>::OnDone() {
  alarm_.Cancel();
  reading_->Release(executor_);
  { std::lock_guard lock(mu_); }  // the call that finished the stream may still be leaving it
  delete this;
}

}  // namespace zhenhui::feed
