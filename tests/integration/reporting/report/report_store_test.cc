#include <gmock/gmock.h>

#include "common/service/hosted_service.h"
#include "services/reporting/service.h"
#include "services/reporting/storage/postgres_report_store.h"
#include "tests/testing/matchers.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::reporting {
namespace {

using report::KeptReport;
using report::ReportKey;
using zhenhui::testing::IsOk;
using zhenhui::testing::IsOkAndHolds;
using zhenhui::testing::TestDatabase;

class ReportStoreTest : public ::testing::Test {
 protected:
  const absl::Time deadline_ = absl::InfiniteFuture();
  const ReportKey key_{
      .district = "630106", .year = 2024, .generation = 1, .township = "630106101", .format = "docx"};
  const KeptReport first_{
      .content = std::string("PK\0\xFF bytes", 10), .file_name = "一.docx", .digest = std::string(64, 'a')};
  const KeptReport second_{.content = "others", .file_name = "二.docx", .digest = std::string(64, 'b')};
  const TestDatabase database_ = TestDatabase::Create("reporting", [](const std::string& dsn) {
    return service::Migrate(dsn, ReportingSchema(), "").status();
  });
  PostgresReportStore store_{service::ServiceDsn(database_.dsn(), ReportingSchema()).value()};
};

TEST_F(ReportStoreTest, FindsNothingBeforeAnythingIsKept) {
  EXPECT_THAT(store_.Find(key_, deadline_), IsOkAndHolds(std::nullopt));
}

TEST_F(ReportStoreTest, WhoIsSecondGetsTheFirstOnes) {
  EXPECT_THAT(store_.Keep(key_, first_, deadline_), IsOkAndHolds(first_));
  EXPECT_THAT(store_.Keep(key_, second_, deadline_), IsOkAndHolds(first_));
  EXPECT_THAT(store_.Find(key_, deadline_), IsOkAndHolds(std::optional(first_)));
}

TEST_F(ReportStoreTest, EachGenerationTownAndFormatHasItsOwn) {
  ASSERT_THAT(store_.Keep(key_, first_, deadline_), IsOk());
  ReportKey closed_again = key_, of_district = key_, as_text = key_;
  closed_again.generation = 2;
  of_district.township = "";
  as_text.format = "csv";
  for (const ReportKey& key : {closed_again, of_district, as_text})
    EXPECT_THAT(store_.Keep(key, second_, deadline_), IsOkAndHolds(second_)) << key.format;
  EXPECT_THAT(store_.Find(key_, deadline_), IsOkAndHolds(std::optional(first_)));
}

}  // namespace
}  // namespace zhenhui::reporting
