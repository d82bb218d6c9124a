#pragma once
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "services/activities/domain/repository.h"

namespace zhenhui::activities::testing {

// The repository in memory. Thread-safe.
class FakeRepository final : public ActivityRepository {
 public:
  absl::StatusOr<int64_t> Write(std::string_view township, std::span<const std::string> ids, Decide decide,
                                const WriteStamp& stamp, absl::Time deadline) override;
  absl::StatusOr<int64_t> Inspect(std::string_view township, std::span<const std::string> ids, Decide decide,
                                  absl::Time deadline) override;
  absl::StatusOr<StoredActivity> Get(std::string_view township, const std::string& id,
                                     absl::Time deadline) override;
  absl::StatusOr<ListPage> List(std::string_view township, const ActivityQuery& query,
                                const std::optional<ListPosition>& after, size_t limit,
                                absl::Time deadline) override;
  absl::StatusOr<std::vector<StoredActivity>> History(std::string_view township, const std::string& id,
                                                      int64_t before, size_t limit,
                                                      absl::Time deadline) override;
  absl::StatusOr<ConfirmedMonth> Confirm(std::string_view township, const MonthConfirmation& confirmation,
                                         const WriteStamp& stamp, absl::Time deadline) override;
  absl::StatusOr<std::vector<MonthConfirmation>> ListMonths(std::string_view township, int year,
                                                            absl::Time deadline) override;
  absl::StatusOr<std::vector<MonthSummary>> SummariseMonths(std::string_view prefix, int year,
                                                            absl::Time deadline) override;
  absl::StatusOr<int64_t> RevisionAt(std::string_view township, absl::Time time,
                                     absl::Time deadline) override;

 private:
  struct Town {
    int64_t head = 0;
    std::map<std::string, std::vector<StoredActivity>> histories;  // oldest first
    std::map<absl::CivilMonth, MonthConfirmation> months;

    std::set<absl::CivilMonth> Confirmed() const;
  };
  std::vector<std::optional<StoredActivity>> LookUp(const Town& town, std::span<const std::string> ids) const;

  std::mutex mu_;
  std::map<std::string, Town, std::less<>> towns_;  // guarded by mu_
};

}  // namespace zhenhui::activities::testing
