#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/db/binary_copy.h"
#include "common/db/pool.h"

namespace zhenhui::feed {

// Reads one township's records as of one revision, part by part; holds a connection and a transaction from
// Open until it dies. Calls may come from different threads, one at a time. May block.
class SnapshotReader {
 public:
  // `current` as in SnapshotSql. `read_revision` 0 is the newest. The database ends the reading at
  // `deadline`. Errors: OUT_OF_RANGE (CURSOR_AHEAD, CURSOR_TOO_OLD; see CheckCursor) for a revision that
  // cannot be read; the pool's and the database's.
  static absl::StatusOr<std::unique_ptr<SnapshotReader>> Open(db::Pool& pool, absl::Time deadline,
                                                              std::string_view current,
                                                              std::string_view township,
                                                              int64_t read_revision);
  // The error of a reading whose time is over: DEADLINE_EXCEEDED, SNAPSHOT_TIMEOUT.
  static absl::Status Expired();
  ~SnapshotReader();
  SnapshotReader(const SnapshotReader&) = delete;
  SnapshotReader& operator=(const SnapshotReader&) = delete;

  int64_t read_revision() const { return read_revision_; }

  // Reads records (`record` is valid during the call) of at least `min_bytes` together, or what is left.
  // False: that was the last part (it may be empty).
  absl::StatusOr<bool> Next(size_t min_bytes,
                            absl::FunctionRef<void(int16_t record_type, std::string_view record)> on_record);

 private:
  using Transaction = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;
  explicit SnapshotReader(db::Pool::Lease lease) : lease_(std::move(lease)) {}
  bool NextRecord(int16_t& record_type, std::string_view& record);
  absl::Status Begin(absl::Time deadline, std::string_view current, std::string_view township,
                     int64_t read_revision);
  absl::Status Fail();

  db::Pool::Lease lease_;
  std::unique_ptr<pqxx::transaction_base> tx_;
  std::optional<db::BinaryCopyReader> copy_;
  bool newest_first_ = false;             // the rows carry their revisions, and those replaced are among them
  std::unordered_set<int64_t> replaced_;  // revisions still to come that a newer one replaces
  int64_t read_revision_ = 0;
  bool broken_ = false;
};

}  // namespace zhenhui::feed
