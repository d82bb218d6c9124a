#include "common/feed/snapshot_stream.h"

#include <chrono>
#include <utility>

#include "absl/time/clock.h"
#include "common/feed/wire_message.h"
#include "common/rpc/errors.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::feed {

SnapshotStream::SnapshotStream(Executor& executor, db::Pool& pool, SnapshotOptions options)
    : executor_(executor),
      pool_(pool),
      options_(std::move(options)),
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

void SnapshotStream::Reading::Release(Executor& executor) {
  auto release = [self = shared_from_this()] {
    std::lock_guard lock(self->mu);
    self->reader.reset();
  };
  if (!executor.TrySubmit(release)) release();
}

void SnapshotStream::Fetch() {
  is_reading_ = true;
  if (executor_.TrySubmit([this] { Read(); })) return;
  is_reading_ = false;
  End(rpc::ToGrpc(rpc::QueueFull()));
}

// Runs on the executor; nothing else touches the reader but its release.
void SnapshotStream::Read() {
  Part part;
  absl::Status status = cancelled_ ? absl::CancelledError("") : ReadPart(&part);
  std::lock_guard lock(mu_);
  is_reading_ = false;
  if (!status.ok()) return End(rpc::ToGrpc(status));
  ready_ = std::move(part);
  Send();
}

absl::Status SnapshotStream::ReadPart(Part* part) {
  std::lock_guard lock(reading_->mu);
  if (reading_->expired) return SnapshotReader::Expired();
  if (reading_->reader == nullptr) {
    absl::StatusOr<std::unique_ptr<SnapshotReader>> opened =
        SnapshotReader::Open(pool_, deadline_, options_.current, options_.township, options_.read_revision);
    if (!opened.ok()) return opened.status();
    reading_->reader = *std::move(opened);
  }
  part->message.reserve(options_.part_bytes + options_.part_bytes / 8);
  absl::Status encoded;
  const auto on_record = [&](int16_t type, std::string_view record) {
    if (encoded.ok()) encoded = options_.encode(type, record, &part->message);
  };
  absl::StatusOr<bool> more = reading_->reader->Next(options_.part_bytes, on_record);
  if (!more.ok()) return more.status();
  AppendNumber(options_.read_revision_field, reading_->reader->read_revision(), &part->message);
  part->last = !*more;
  if (part->last) {
    AppendNumber(options_.last_field, 1, &part->message);
    reading_->reader.reset();
  }
  return encoded;
}

// Begins to write what is ready, and to read what follows it. Holds mu_.
void SnapshotStream::Send() {
  if (ended_.has_value()) return End(*ended_);
  if (is_writing_ || !ready_.has_value()) return;
  writing_ = ToByteBuffer(std::move(ready_->message));
  writing_last_ = ready_->last;
  ready_.reset();
  is_writing_ = true;
  StartWrite(&writing_);
  if (!writing_last_) Fetch();
}

// Holds mu_.
void SnapshotStream::End(const grpc::Status& status) {
  if (!ended_.has_value()) ended_ = status;
  if (!is_reading_ && !is_writing_) Finish(*ended_);
}

void SnapshotStream::OnWriteDone(bool ok) {
  std::lock_guard lock(mu_);
  is_writing_ = false;
  if (!ok || cancelled_) return End(grpc::Status::CANCELLED);
  if (writing_last_) return End(grpc::Status::OK);
  Send();
}

void SnapshotStream::OnDone() {
  alarm_.Cancel();
  reading_->Release(executor_);
  { std::lock_guard lock(mu_); }  // the call that finished the stream may still be leaving it
  delete this;
}

}  // namespace zhenhui::feed
