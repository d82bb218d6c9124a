#pragma once
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/reporting/domain/year_end/year_end_store.h"

namespace zhenhui::testing {

// Year ends in memory. Thread-safe.
class FakeYearEndStore final : public reporting::YearEndStore {
 public:
  // `clock` is the store's own.
  explicit FakeYearEndStore(std::function<absl::Time()> clock) : clock_(std::move(clock)) {}

  // Called at the next Append, before it writes: another one acts in between.
  std::function<void()> before_append;
  // The next Append writes and then says that it does not know.
  bool lose_the_next_answer = false;

  absl::StatusOr<reporting::StoredYear> Read(const reporting::YearKey& key, bool with_contents,
                                             absl::Time deadline) override;
  absl::StatusOr<std::vector<int>> Years(const std::string& district, absl::Time deadline) override;
  absl::StatusOr<std::vector<reporting::YearKey>> ClosedYears(absl::Time deadline) override;
  absl::Status Append(const reporting::YearAppend& append, absl::Time deadline) override;
  absl::StatusOr<reporting::CertificateText> ReadCertificate(const reporting::YearKey& key, int generation,
                                                             absl::Time deadline) override;
  absl::StatusOr<std::string> ReadSigned(const reporting::YearKey& key, const std::string& township,
                                         const std::string& digest, absl::Time deadline) override;

 private:
  using Key = std::pair<std::string, int>;
  int64_t Last(const Key& key) const;

  const std::function<absl::Time()> clock_;
  std::mutex mutex_;
  std::map<Key, std::vector<reporting::YearEvent>> events_;              // guarded by mutex_
  std::map<Key, std::vector<reporting::CertificateText>> certificates_;  // guarded by mutex_; by generation
  std::map<std::tuple<Key, std::string, std::string>, std::string> signed_;  // guarded by mutex_
};

}  // namespace zhenhui::testing
