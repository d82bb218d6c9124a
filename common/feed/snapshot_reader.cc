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

namespace {

std::string NewestFirstSql(db::Tx& tx, std::string_view township, int64_t read_revision) {
  return absl::StrCat("SELECT record_type, record, revision, previous_revision FROM revision",
                      " WHERE township_code = ", tx.quote(std::string(township)),
                      " AND revision <= ", read_revision, " ORDER BY revision DESC");
}

}  // namespace

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
  newest_first_ = current.empty();
  copy_.emplace(*tx_, newest_first_ ? NewestFirstSql(*tx_, township, read_revision_)
                                    : SnapshotSql(*tx_, current, township, read_revision_));
  return absl::OkStatus();
} catch (...) {
  return Fail();
}

// From the newest revision backwards one sees what replaces a content before the content itself, and one pass
// over the log is enough: no join, whose plan would depend on how many corrections the planner believes in.
bool SnapshotReader::NextRecord(int16_t& record_type, std::string_view& record) {
  while (copy_->NextRow()) {
    record_type = static_cast<int16_t>(copy_->Int());
    record = copy_->Bytes();
    if (!newest_first_) return true;
    const int64_t revision = copy_->Int();
    if (const int64_t previous = copy_->Int(); previous > 0) replaced_.insert(previous);
    if (replaced_.empty() || replaced_.erase(revision) == 0) return true;
  }
  return false;
}

absl::StatusOr<bool> SnapshotReader::Next(
    size_t min_bytes, absl::FunctionRef<void(int16_t record_type, std::string_view record)> on_record) try {
  int16_t record_type = 0;
  std::string_view record;
  for (size_t bytes = 0; bytes < min_bytes;) {
    if (!NextRecord(record_type, record)) return false;
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
