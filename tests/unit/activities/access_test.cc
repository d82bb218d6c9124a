#include "services/activities/rpc/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "zhenhui/activities/v1/activity_service.pb.h"
#include "zhenhui/activities/v1/plan_service.pb.h"

namespace zhenhui::activities {
namespace {

using enum auth::Role;

// Every RPC x every role: reporter, reviewer, district, admin, job. A new RPC fails the test until it stands
// here.
const std::map<std::string, std::string> kExpected = {
    {"ListKinds", "YYYYY"},           {"PushActivities", "Y--Y-"},
    {"BatchPushActivities", "Y--Y-"}, {"GetActivity", "YYYYY"},
    {"ListActivities", "YYYYY"},      {"UpdateActivity", "Y--Y-"},
    {"DeleteActivity", "Y--Y-"},      {"ListActivityRevisions", "YYYYY"},
    {"ConfirmMonth", "Y--Y-"},        {"ListMonthConfirmations", "YYYYY"},
    {"WatchChanges", "---YY"},        {"StreamSnapshot", "---YY"},
    {"GetCompleteness", "YYYYY"},     {"ResolveRevision", "YYYYY"},
    {"ImportTargets", "Y-YY-"},       {"ListTargets", "YYYYY"},
    {"WithdrawTarget", "Y-YY-"},
};

TEST(AccessTest, EveryRpcAndEveryRoleIsAsAgreed) {
  const auth::AccessTable table = Access();
  size_t methods = 0;
  for (const auto* service :
       {v1::ListKindsRequest::descriptor()->file()->FindServiceByName("ActivityService"),
        v1::ListTargetsRequest::descriptor()->file()->FindServiceByName("PlanService")}) {
    ASSERT_NE(service, nullptr);
    methods += static_cast<size_t>(service->method_count());
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string name = service->method(i)->name();
      std::string actual;
      for (const auth::Role role : auth::kAllRoles) {
        actual += table.Allows(role, "/" + service->full_name() + "/" + name) ? 'Y' : '-';
      }
      ASSERT_TRUE(kExpected.contains(name)) << name;
      EXPECT_EQ(actual, kExpected.at(name)) << name;
    }
  }
  EXPECT_EQ(table.Methods().size(), methods);
}

}  // namespace
}  // namespace zhenhui::activities
