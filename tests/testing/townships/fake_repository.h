#pragma once
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "services/townships/domain/repository.h"

namespace zhenhui::townships::testing {

// Keeps the register in memory. Passes the same contract as PostgreSQL's. Thread-safe.
class FakeRepository final : public Repository {
 public:
  absl::StatusOr<StoredDistrict> GetDistrict(const std::string& code, absl::Time deadline) override;
  absl::StatusOr<std::vector<StoredDistrict>> ListDistricts(const std::string& prefix,
                                                            const std::string& after, size_t limit,
                                                            absl::Time deadline) override;
  absl::StatusOr<StoredDistrict> WriteDistrict(const std::string& code, DecideDistrict decide,
                                               absl::Time deadline) override;
  absl::StatusOr<Stored> Get(const std::string& township, RecordType type, const std::string& id,
                             absl::Time deadline) override;
  absl::StatusOr<std::vector<Stored>> List(const ListQuery& query, absl::Time deadline) override;
  absl::StatusOr<Outcome> WriteRecords(const std::string& township, RecordType type,
                                       const std::vector<std::string>& ids, Decide decide,
                                       const std::string& by, absl::Time deadline) override;
  absl::StatusOr<int64_t> RevisionAt(const std::string& township, absl::Time time,
                                     absl::Time deadline) override;

 private:
  using Key = std::tuple<std::string, RecordType, std::string>;
  std::mutex mu_;
  std::map<std::string, StoredDistrict> districts_;
  std::map<Key, std::vector<Stored>> history_;  // each record's revisions, oldest first
  std::map<std::string, int64_t> heads_;
};

}  // namespace zhenhui::townships::testing
