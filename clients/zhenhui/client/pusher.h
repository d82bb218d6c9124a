#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "clients/zhenhui/client/connection.h"

namespace zhenhui::cli {

// One message of a push; all its records belong to one township.
struct Batch {
  activities::v1::PushActivitiesRequest request;  // batch_id is set by the pusher
  std::vector<size_t> records;                    // what they are to the caller, in the order of the request
};

struct PushOptions {
  int streams = 4;    // townships at the same time
  size_t window = 8;  // batches sent and not yet acknowledged, for each stream
  int retries = 8;    // in a row without any acknowledgement
  absl::Duration first_delay = absl::Milliseconds(200);  // doubles, with up to a quarter of jitter
  absl::Duration max_delay = absl::Seconds(5);
  absl::Duration stall_timeout =
      absl::Seconds(30);  // without an acknowledgement, then the stream is given up
};

// Sends batches over PushActivities, the batches of one township in order over one stream. After a lost
// connection it reconnects and sends what was not acknowledged again, which is safe because pushing is
// idempotent.
class Pusher {
 public:
  using OnAck = std::function<void(const Batch&, const activities::v1::PushActivitiesResponse&)>;
  using OnRetry = std::function<void(const absl::Status&, absl::Duration delay)>;

  // The callbacks are called from several threads, but never at the same time. `connection` must outlive it.
  Pusher(Connection* connection, PushOptions options, OnAck on_ack, OnRetry on_retry)
      : connection_(connection),
        options_(options),
        on_ack_(std::move(on_ack)),
        on_retry_(std::move(on_retry)) {}

  // Returns when all batches are acknowledged, or with the first error that sending again cannot mend. What
  // was acknowledged until then is stored; `on_ack` has told of it.
  absl::Status Push(std::vector<std::vector<Batch>> townships);

 private:
  Connection* connection_;
  const PushOptions options_;
  const OnAck on_ack_;
  const OnRetry on_retry_;
};

// Puts activities into batches of at most `max_records` and about 3 MB, below the services' limit of 4 MiB.
class BatchBuilder {
 public:
  BatchBuilder(std::string township, size_t max_records)
      : township_(std::move(township)), max_records_(max_records) {}

  void Add(activities::v1::Activity activity, size_t record);
  std::vector<Batch> Take() { return std::move(batches_); }

 private:
  const std::string township_;
  const size_t max_records_;
  std::vector<Batch> batches_;
  size_t bytes_ = 0;  // of the last batch
};

}  // namespace zhenhui::cli
