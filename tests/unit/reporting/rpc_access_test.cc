// Every RPC of the service is in the access table, with exactly the roles that may call it.
#include "services/reporting/rpc/access.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <map>
#include <set>

#include "zhenhui/reporting/v1/rollup_service.pb.h"

namespace zhenhui::reporting {
namespace {

TEST(ReportingAccessTest, EachMethodHasItsRoles) {
  using enum auth::Role;
  const std::set<auth::Role> all = {kReporter, kReviewer, kDistrict, kAdmin, kJob};
  const std::map<std::string, std::set<auth::Role>> expected = {
      {"ListMetrics", all},   {"GetMetric", all},
      {"QueryRollup", all},   {"CompareTownships", all},
      {"ExplainFigure", all}, {"GetFreshness", all},
      {"WatchRollups", all},  {"VerifyTotals", {kDistrict, kAdmin, kJob}},
  };
  const auth::AccessTable table = Access();
  const auto* service = v1::QueryRollupRequest::descriptor()->file()->FindServiceByName("RollupService");
  ASSERT_NE(service, nullptr);
  ASSERT_EQ(service->method_count(), static_cast<int>(expected.size())) << "a new RPC belongs into this test";
  for (int i = 0; i < service->method_count(); ++i) {
    const std::string name = service->method(i)->name();
    const std::string path = "/" + service->full_name() + "/" + name;
    ASSERT_TRUE(expected.count(name)) << name;
    for (const auth::Role role : auth::kAllRoles) {
      EXPECT_EQ(table.Allows(role, path), expected.at(name).count(role) == 1)
          << name << " by " << auth::RoleName(role);
    }
  }
  EXPECT_EQ(table.Methods().size(), expected.size());
}

}  // namespace
}  // namespace zhenhui::reporting
