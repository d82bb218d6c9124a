#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "services/reporting/domain/cell_store.h"

namespace zhenhui::testing {

// A cell store in memory; several of them on one Shared are several processes on one database. Thread-safe.
class FakeCellStore final : public reporting::CellStore {
 public:
  struct Shared {
    struct Town {
      reporting::Applied applied;
      std::map<std::string, int64_t> cells;  // "grain|series|member|day"
      reporting::Places places;
    };
    std::mutex mutex;
    std::map<std::string, Town> towns;
    std::map<std::string, reporting::RebuildRequest> rebuilds;
    const FakeCellStore* leader = nullptr;
  };

  explicit FakeCellStore(std::shared_ptr<Shared> shared) : shared_(std::move(shared)) {}
  ~FakeCellStore() override;

  absl::StatusOr<std::vector<reporting::TownView>> Load(reporting::Vocabulary& vocabulary,
                                                        absl::Time) override;
  absl::StatusOr<bool> TryLead(absl::Time) override;
  absl::StatusOr<std::map<std::string, reporting::Applied>> ReadApplied(absl::Time) override;
  absl::Status Flush(reporting::Vocabulary& vocabulary, const reporting::FlushBatch& batch,
                     absl::Time) override;
  absl::StatusOr<std::map<std::string, reporting::RebuildRequest>> ReadRebuildRequests(absl::Time) override;
  absl::Status RebuildsDone(const std::map<std::string, int64_t>& done, absl::Time) override;
  absl::StatusOr<int64_t> RequestRebuilds(const std::string& prefix, absl::Time) override;

 private:
  const std::shared_ptr<Shared> shared_;
};

}  // namespace zhenhui::testing
