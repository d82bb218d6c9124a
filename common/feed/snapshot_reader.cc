#include "common/feed/snapshot_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/db/sql_error.h"
#include "common/feed/follower.h"
#include "common/feed/log.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::feed {

absl::Status SnapshotReader::Expired() {
  return Error(absl::StatusCode::kDeadlineExceeded, "SNAPSHOT_TIMEOUT",
               "the snapshot took too long to read; begin again and read faster");
}

absl::StatusOr<std::unique_ptr<SnapshotReader>> SnapshotReader::Open(db::Pool& pool, absl::Time deadline,
                                                                     std::string_view current,
                                                                     std::string_view township,
                                                                     int64_t read_revision) {
  ASSIGN_OR_RETURN(db::Pool::Lease lease, pool.Acquire(deadline));
  std::unique_ptr<SnapshotReader> reader(new SnapshotReader(std::move(lease)));
  RETURN_IF_ERROR(reader->Begin(deadline, current, township, read_revision));
  return reader;
}

absl::Status SnapshotReader::Begin(absl::Time deadline, std::string_view current, std::string_view township,
                                   int64_t read_revision) try {
  tx_ = std::make_unique<Transaction>(*lease_);
  const int64_t left =
      std::clamp<int64_t>(absl::ToInt64Milliseconds(deadline - absl::Now()), 1, 2'000'000'000);
  tx_->exec(absl::StrCat("SET LOCAL statement_timeout = ", left));
  const Head head = ReadHead(*tx_, township);
  read_revision_ = read_revision == 0 ? head.last_revision : read_revision;
  RETURN_IF_ERROR(CheckCursor(head, read_revision_));
  copy_.emplace(*tx_, SnapshotSql(*tx_, current, township, read_revision_));
  return absl::OkStatus();
} catch (...) {
  return Fail();
}

absl::StatusOr<bool> SnapshotReader::Next(
    size_t min_bytes, absl::FunctionRef<void(int16_t record_type, const std::string& record)> on_record) try {
  for (size_t bytes = 0; bytes < min_bytes;) {
    if (!copy_->NextRow()) return false;
    const auto record_type = static_cast<int16_t>(copy_->Int());
    const std::string& record = copy_->Bytea();
    bytes += record.size() + 1;
    on_record(record_type, record);
  }
  return true;
} catch (...) {
  return Fail();
}

absl::Status SnapshotReader::Fail() {
  db::SqlFailure failure = db::Classify();
  // A read-only transaction of an open connection may end here without harm; a lost one takes its neighbours
  // along.
  if (failure.broken || !lease_->is_open()) broken_ = true;
  return std::move(failure.status);
}

SnapshotReader::~SnapshotReader() {
  // In this order: the COPY ends inside its transaction, the transaction on its connection.
  copy_.reset();
  tx_.reset();
  if (broken_) lease_.Discard();
}

}  // namespace zhenhui::feed
