#pragma once
#include <memory>
#include <string>
#include <vector>

#include "common/db/pool.h"
#include "common/db/statement.h"
#include "common/embedded/embedded.h"
#include "common/feed/feed.h"
#include "common/time/clock.h"
#include "services/townships/domain/repository.h"

namespace zhenhui::townships {

// The schema of this service.
inline constexpr char kSchema[] = "townships";
const std::vector<embedded::File>& Migrations();

// The named statements of this storage and of its feed; prepare them on the pool.
std::vector<db::Statement> Statements();

// Keeps the register in PostgreSQL and tells `feed` of each commit. Thread-safe. Pool, feed and clock outlive
// it.
class PostgresRepository final : public Repository {
 public:
  PostgresRepository(db::Pool& pool, feed::Feed& feed, const Clock& clock)
      : pool_(pool), feed_(feed), clock_(clock) {}

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
  absl::StatusOr<std::vector<Stored>> ListAsOf(const ListQuery& query, absl::Time deadline);

  db::Pool& pool_;
  feed::Feed& feed_;
  const Clock& clock_;
};

}  // namespace zhenhui::townships
