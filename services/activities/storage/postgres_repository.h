#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/db/pool.h"
#include "common/db/statement.h"
#include "common/embedded/embedded.h"
#include "common/feed/feed.h"
#include "services/activities/domain/repository.h"

namespace zhenhui::activities {

// The schema of this service, and the channel of its notifications.
inline constexpr char kSchema[] = "activities";
inline constexpr char kFeedChannel[] = "zhenhui_activities_feed";

const std::vector<embedded::File>& Migrations();

// The named statements of this storage and of its feed; prepare them on the pool.
std::vector<db::Statement> Statements();

// Keeps activities in PostgreSQL and tells `feed` of each commit. Thread-safe. Pool and feed outlive it.
class PostgresRepository final : public ActivityRepository {
 public:
  PostgresRepository(db::Pool& pool, feed::Feed& feed) : pool_(pool), feed_(feed) {}

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
  db::Pool& pool_;
  feed::Feed& feed_;
};

}  // namespace zhenhui::activities
