// The contract of year ends, over a private PostgreSQL.
#include "common/service/hosted_service.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_year_end_store.h"
#include "tests/testing/private_postgres.h"
#include "tests/testing/reporting/year_end_store_contract.h"

namespace zhenhui::testing {
namespace {

// Keeps its database as long as it lives.
class StoreOnDatabase final : public reporting::YearEndStore {
 public:
  StoreOnDatabase()
      : database_(
            TestDatabase::Create("reporting",
                                 [](const std::string& dsn) {
                                   return service::Migrate(dsn, reporting::ReportingSchema(), "").status();
                                 })),
        store_(service::ServiceDsn(database_.dsn(), reporting::ReportingSchema()).value()) {}

  absl::StatusOr<reporting::StoredYear> Read(const reporting::YearKey& key, bool contents,
                                             absl::Time until) override {
    return store_.Read(key, contents, until);
  }
  absl::StatusOr<std::vector<int>> Years(const std::string& district, absl::Time until) override {
    return store_.Years(district, until);
  }
  absl::StatusOr<std::vector<reporting::YearKey>> ClosedYears(absl::Time until) override {
    return store_.ClosedYears(until);
  }
  absl::Status Append(const reporting::YearAppend& append, absl::Time until) override {
    return store_.Append(append, until);
  }
  absl::StatusOr<reporting::CertificateText> ReadCertificate(const reporting::YearKey& key, int generation,
                                                             absl::Time until) override {
    return store_.ReadCertificate(key, generation, until);
  }
  absl::StatusOr<std::string> ReadSigned(const reporting::YearKey& key, const std::string& township,
                                         const std::string& digest, absl::Time until) override {
    return store_.ReadSigned(key, township, digest, until);
  }

 private:
  TestDatabase database_;
  reporting::PostgresYearEndStore store_;
};

INSTANTIATE_TEST_SUITE_P(Postgres, YearEndStoreContract,
                         ::testing::Values([] { return std::make_unique<StoreOnDatabase>(); }));

}  // namespace
}  // namespace zhenhui::testing
