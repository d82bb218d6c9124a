#pragma once
#include <string>
#include <vector>

#include "common/db/pool.h"
#include "services/reporting/domain/year_end/year_end_store.h"

namespace zhenhui::reporting {

// Keeps year ends in PostgreSQL. Thread-safe.
class PostgresYearEndStore final : public YearEndStore {
 public:
  // `dsn` with the schema in its search_path.
  explicit PostgresYearEndStore(const std::string& dsn);

  absl::StatusOr<StoredYear> Read(const YearKey& key, bool with_contents, absl::Time deadline) override;
  absl::StatusOr<std::vector<int>> Years(const std::string& district, absl::Time deadline) override;
  absl::StatusOr<std::vector<YearKey>> ClosedYears(absl::Time deadline) override;
  absl::Status Append(const YearAppend& append, absl::Time deadline) override;
  absl::StatusOr<CertificateText> ReadCertificate(const YearKey& key, int generation,
                                                  absl::Time deadline) override;
  absl::StatusOr<std::string> ReadSigned(const YearKey& key, const std::string& township,
                                         const std::string& digest, absl::Time deadline) override;

 private:
  db::Pool pool_;
};

}  // namespace zhenhui::reporting
