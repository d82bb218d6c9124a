#pragma once
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/exec/executor.h"
#include "common/feed/snapshot_reader.h"

namespace zhenhui::feed {

// Appends one record to a part, as fields of the service's StreamSnapshotResponse (wire_message.h), or leaves
// it out (a deleted one). May be called from several streams at once.
using RecordEncoder =
    std::function<absl::Status(int16_t record_type, std::string_view record, std::string* part)>;

struct SnapshotOptions {
  std::string current = {};   // see SnapshotSql; empty (the faster way) reads the log alone
  std::string township = {};  // division code
  int64_t read_revision = 0;  // 0: the newest
  RecordEncoder encode = {};
  // The fields of StreamSnapshotResponse that say the revision, and that this is the last part.
  int read_revision_field = 0;
  int last_field = 0;
  size_t part_bytes = size_t{256} << 10;
  // A stream holds a database connection. After this time it gives it back, however slow its client is, and
  // ends with DEADLINE_EXCEEDED.
  absl::Duration timeout = absl::Minutes(5);
};

// The whole of a StreamSnapshot handler after its checks; the method is registered raw. While one part is
// being written the next is being read, so at most two are in memory. Made with `new`; deletes itself. The
// executor has threads of its own (not InlineExecutor), as a task waits for the database; `pool` has
// Statements() prepared.
class SnapshotStream final : public grpc::ServerWriteReactor<grpc::ByteBuffer> {
 public:
  SnapshotStream(Executor& executor, db::Pool& pool, SnapshotOptions options);

 private:
  // Shared with tasks and the alarm, which may outlive the stream.
  struct Reading : std::enable_shared_from_this<Reading> {
    std::mutex mu;
    std::unique_ptr<SnapshotReader> reader;  // guarded by mu
    std::atomic<bool> expired{false};

    // Ending a COPY early may block, so it happens on the executor if that has room.
    void Release(Executor& executor);
  };
  struct Part {
    std::string message;
    bool last = false;
  };

  void Fetch();
  void Read();
  absl::Status ReadPart(Part* part);
  void Send();
  void End(const grpc::Status& status);
  void OnWriteDone(bool ok) override;
  void OnCancel() override { cancelled_ = true; }
  void OnDone() override;

  Executor& executor_;
  db::Pool& pool_;
  const SnapshotOptions options_;
  const absl::Time deadline_;
  const std::shared_ptr<Reading> reading_;
  grpc::Alarm alarm_;
  std::atomic<bool> cancelled_{false};
  std::mutex mu_;
  std::optional<Part> ready_;          // guarded by mu_: read and not yet being written
  grpc::ByteBuffer writing_;           // guarded by mu_ except during a write
  bool writing_last_ = false;          // guarded by mu_
  bool is_reading_ = false;            // guarded by mu_
  bool is_writing_ = false;            // guarded by mu_
  std::optional<grpc::Status> ended_;  // guarded by mu_: finish with it once nothing is in flight
};

}  // namespace zhenhui::feed
