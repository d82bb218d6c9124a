#pragma once
#include <string>

#include "common/db/pool.h"
#include "services/reporting/report/report_store.h"

namespace zhenhui::reporting {

// Keeps reports in PostgreSQL. Thread-safe.
class PostgresReportStore final : public report::ReportStore {
 public:
  // `dsn` with the schema in its search_path.
  explicit PostgresReportStore(const std::string& dsn);

  absl::StatusOr<std::optional<report::KeptReport>> Find(const report::ReportKey& key,
                                                         absl::Time deadline) override;
  absl::StatusOr<report::KeptReport> Keep(const report::ReportKey& key, const report::KeptReport& report,
                                          absl::Time deadline) override;

 private:
  db::Pool pool_;
};

}  // namespace zhenhui::reporting
