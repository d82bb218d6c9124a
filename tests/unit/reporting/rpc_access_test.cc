// Every RPC of the service is in the access table, with exactly the roles that may call it.
#include "services/reporting/rpc/access.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.h>

#include <map>
#include <set>

#include "zhenhui/reporting/v1/history_service.pb.h"
#include "zhenhui/reporting/v1/oversight_service.pb.h"
#include "zhenhui/reporting/v1/report_service.pb.h"
#include "zhenhui/reporting/v1/rollup_service.pb.h"
#include "zhenhui/reporting/v1/year_end_service.pb.h"

namespace zhenhui::reporting {
namespace {

using enum auth::Role;
using Roles = std::set<auth::Role>;

const Roles kAll = {kReporter, kReviewer, kDistrict, kAdmin, kJob};
const Roles kPersons = {kDistrict};

// Service -> method -> who may call it. A new RPC fails the test until it stands here.
const std::map<std::string, std::map<std::string, Roles>> kExpected = {
    {"RollupService",
     {{"ListMetrics", kAll},
      {"GetMetric", kAll},
      {"QueryRollup", kAll},
      {"CompareTownships", kAll},
      {"ExplainFigure", kAll},
      {"GetFreshness", kAll},
      {"WatchRollups", kAll},
      {"VerifyTotals", {kDistrict, kAdmin, kJob}}}},
    {"OversightService",
     {{"GetPlanStatus", kAll},
      {"ListGaps", kAll},
      {"ListAlarms", kAll},
      {"ExplainAlarm", {kReporter, kAdmin}}}},
    {"ReportService", {{"RenderReport", kAll}, {"ExportComparison", kAll}, {"CheckReport", kAll}}},
    {"HistoryService", {{"GetFiguresAsOf", kAll}, {"ExplainDifference", kAll}}},
    {"YearEndService",
     {{"GetYearEnd", kAll},
      {"ListYearEnds", kAll},
      {"GetTownYear", kAll},
      {"GetCertificate", kAll},
      {"ListRestatements", kAll},
      {"ListYearEndEvents", kAll},
      {"SignTownYear", {kReporter, kAdmin}},
      {"CloseYearEnd", {kDistrict, kJob, kAdmin}},
      {"ApproveYearEnd", kPersons},
      {"RequestReopening", kPersons},
      {"ApproveReopening", kPersons}}},
};

TEST(ReportingAccessTest, EachMethodHasItsRoles) {
  const auth::AccessTable table = Access();
  for (const google::protobuf::ServiceDescriptor* service :
       {v1::QueryRollupRequest::descriptor()->file()->service(0),
        v1::ListGapsRequest::descriptor()->file()->service(0),
        v1::RenderReportRequest::descriptor()->file()->service(0),
        v1::GetFiguresAsOfRequest::descriptor()->file()->service(0),
        v1::GetYearEndRequest::descriptor()->file()->service(0)}) {
    const std::map<std::string, Roles>& expected = kExpected.at(service->name());
    ASSERT_EQ(service->method_count(), static_cast<int>(expected.size()))
        << "a new RPC belongs into this test";
    for (int i = 0; i < service->method_count(); ++i) {
      const std::string name = service->method(i)->name();
      const std::string path = "/" + service->full_name() + "/" + name;
      ASSERT_TRUE(expected.count(name)) << name;
      for (const auth::Role role : auth::kAllRoles) {
        EXPECT_EQ(table.Allows(role, path), expected.at(name).count(role) == 1)
            << name << " by " << auth::RoleName(role);
      }
    }
  }
}

}  // namespace
}  // namespace zhenhui::reporting
