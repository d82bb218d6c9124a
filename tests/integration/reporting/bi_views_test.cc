// The views that BI tools read.
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "services/reporting/service.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::reporting {
namespace {

using zhenhui::testing::TestDatabase;

// The views are the contract with BI tools.
TEST(BiViewsTest, ShowFlowsStocksAndNamesAndHideWhatIsInternal) {
  const TestDatabase database = TestDatabase::Create("reporting", [](const std::string& dsn) {
    return service::Migrate(dsn, ReportingSchema(), "").status();
  });
  pqxx::connection connection(*service::ServiceDsn(database.dsn(), ReportingSchema()));
  pqxx::work tx(connection);
  tx.exec(
      "INSERT INTO cell VALUES ('630106101','mediation.cases',1,'','2024-03-05',4),"
      "('630106101','mediation.cases',1,'','2024-03-06',3), "
      "('630106101','mediation.cases.zeros',1,'','2024-03-06',1),"
      "('630106101','roster.mediator',1,'','2024-01-01',2), "
      "('630106101','roster.mediator',1,'','2024-05-01',-1)");
  tx.exec("INSERT INTO place VALUES ('630106101','630106101','示例镇',1,NULL,NULL)");
  const pqxx::result flow = tx.exec("SELECT township_name_zh, series, month, value FROM flow_by_town_month");
  ASSERT_EQ(flow.size(), 1u);
  EXPECT_EQ(flow[0][0].as<std::string>(), "示例镇");
  EXPECT_EQ(flow[0][2].as<std::string>(), "2024-03-01");
  EXPECT_EQ(flow[0][3].as<int64_t>(), 7);
  const pqxx::result stock = tx.exec("SELECT stock FROM stock_by_town ORDER BY from_day");
  ASSERT_EQ(stock.size(), 2u);
  EXPECT_EQ(stock[1][0].as<int64_t>(), 1);
}

}  // namespace
}  // namespace zhenhui::reporting
