#pragma once
#include <string>
#include <vector>

#include "common/db/pool.h"
#include "services/reporting/domain/oversight/alarm_store.h"

namespace zhenhui::reporting {

// Keeps explanations of alarms in PostgreSQL. Thread-safe.
class PostgresAlarmStore final : public AlarmStore {
 public:
  // `dsn` with the schema in its search_path.
  explicit PostgresAlarmStore(const std::string& dsn);

  absl::Status Add(const AlarmExplanation& explanation, absl::Time deadline) override;
  absl::StatusOr<std::vector<AlarmExplanation>> Newest(const std::vector<std::string>& townships, int year,
                                                       absl::Time until, absl::Time deadline) override;

 private:
  db::Pool pool_;
};

}  // namespace zhenhui::reporting
