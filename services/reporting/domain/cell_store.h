#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/reporting/domain/cube.h"

namespace zhenhui::reporting {

// That a town's cells be computed anew from its records. Requests of a town are numbered 1, 2, 3 ...
struct RebuildRequest {
  int64_t requested = 0;
  int64_t done = 0;  // the number up to which the stored cells satisfy it
};

// Where the cells of the cube are kept between two lives of a process. Several processes may load from one
// store; one of them leads, and only it may flush. Implementations are thread-safe.
//
// Errors besides those named: UNAVAILABLE and its like while the store cannot be reached.
class CellStore {
 public:
  virtual ~CellStore() = default;

  // Every stored town, as of one moment; states are made with `vocabulary`.
  virtual absl::StatusOr<std::vector<TownView>> Load(Vocabulary& vocabulary, absl::Time deadline) = 0;

  // True if this process leads now. Leading ends with the connection that the store keeps for it.
  virtual absl::StatusOr<bool> TryLead(absl::Time deadline) = 0;

  // What is stored of each town; a town that is not there is at 0.
  virtual absl::StatusOr<std::map<std::string, Applied>> ReadApplied(absl::Time deadline) = 0;

  // Writes a batch in one transaction: all or nothing. With dirty.all it replaces whatever is stored of the
  // town, at whatever revisions. FAILED_PRECONDITION: NOT_LEADING; FLUSH_CONFLICT, what is stored is not at
  // batch.from (never with dirty.all). `vocabulary` is the one of batch.state; stored names may be added to
  // it.
  virtual absl::Status Flush(Vocabulary& vocabulary, const FlushBatch& batch, absl::Time deadline) = 0;

  // The requests of each town that ever had one.
  virtual absl::StatusOr<std::map<std::string, RebuildRequest>> ReadRebuildRequests(absl::Time deadline) = 0;
  // Notes the last satisfied request of each town; lower ones than noted are ignored.
  virtual absl::Status RebuildsDone(const std::map<std::string, int64_t>& done, absl::Time deadline) = 0;
  // Requests a rebuild of every stored town under the prefix ("" is all). Returns how many.
  virtual absl::StatusOr<int64_t> RequestRebuilds(const std::string& prefix, absl::Time deadline) = 0;
};

}  // namespace zhenhui::reporting
