#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/db/pool.h"
#include "common/feed/feed.h"
#include "services/activities/domain/target_repository.h"

namespace zhenhui::activities {

// Keeps targets in PostgreSQL, in the same log as the activities, and tells `feed` of each commit. Its
// statements are among Statements() (postgres_repository.h). Thread-safe. Pool and feed outlive it.
class PostgresTargets final : public TargetRepository {
 public:
  PostgresTargets(db::Pool& pool, feed::Feed& feed) : pool_(pool), feed_(feed) {}

  absl::StatusOr<int64_t> Write(std::string_view township, std::span<const std::string> ids, Decide decide,
                                const WriteStamp& stamp, absl::Time deadline) override;
  absl::StatusOr<int64_t> Inspect(std::string_view township, std::span<const std::string> ids, Decide decide,
                                  absl::Time deadline) override;
  absl::StatusOr<std::vector<StoredTarget>> List(std::string_view prefix, int year,
                                                 absl::Time deadline) override;

 private:
  db::Pool& pool_;
  feed::Feed& feed_;
};

}  // namespace zhenhui::activities
