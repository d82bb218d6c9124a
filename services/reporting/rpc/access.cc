#include "services/reporting/rpc/access.h"

namespace zhenhui::reporting {
namespace {

void AllowYearEnds(auth::AccessTable& table) {
  using enum auth::Role;
  for (const char* method : {
           ZH_YEAR_END_METHOD("GetYearEnd"),
           ZH_YEAR_END_METHOD("ListYearEnds"),
           ZH_YEAR_END_METHOD("GetTownYear"),
           ZH_YEAR_END_METHOD("GetCertificate"),
           ZH_YEAR_END_METHOD("ListRestatements"),
           ZH_YEAR_END_METHOD("ListYearEndEvents"),
           ZH_HISTORY_METHOD("GetFiguresAsOf"),
           ZH_HISTORY_METHOD("ExplainDifference"),
       }) {
    table.AllowAnyRole(method);
  }
  table.Allow(ZH_YEAR_END_METHOD("SignTownYear"), {kReporter, kAdmin});
  table.Allow(ZH_YEAR_END_METHOD("CloseYearEnd"), {kDistrict, kJob, kAdmin});
  // Persons of the district, and nobody in their place: the rule of two persons would mean nothing otherwise.
  table.Allow(ZH_YEAR_END_METHOD("ApproveYearEnd"), {kDistrict});
  table.Allow(ZH_YEAR_END_METHOD("RequestReopening"), {kDistrict});
  table.Allow(ZH_YEAR_END_METHOD("ApproveReopening"), {kDistrict});
}

void AllowOversight(auth::AccessTable& table) {
  using enum auth::Role;
  for (const char* method : {ZH_OVERSIGHT_METHOD("GetPlanStatus"), ZH_OVERSIGHT_METHOD("ListGaps"),
                             ZH_OVERSIGHT_METHOD("ListAlarms")}) {
    table.AllowAnyRole(method);
  }
  // The town's to say, as its records are.
  table.Allow(ZH_OVERSIGHT_METHOD("ExplainAlarm"), {kReporter, kAdmin});
}

// A report says nothing that its readers may not ask for; a narrative is checked against what they may read.
void AllowReports(auth::AccessTable& table) {
  for (const char* method : {ZH_REPORT_METHOD("RenderReport"), ZH_REPORT_METHOD("ExportComparison"),
                             ZH_REPORT_METHOD("CheckReport")})
    table.AllowAnyRole(method);
}

}  // namespace

auth::AccessTable Access() {
  using enum auth::Role;
  auth::AccessTable table;
  for (const char* method : {
           ZH_REPORTING_METHOD("ListMetrics"),
           ZH_REPORTING_METHOD("GetMetric"),
           ZH_REPORTING_METHOD("QueryRollup"),
           ZH_REPORTING_METHOD("CompareTownships"),
           ZH_REPORTING_METHOD("ExplainFigure"),
           ZH_REPORTING_METHOD("GetFreshness"),
           ZH_REPORTING_METHOD("WatchRollups"),
       }) {
    table.AllowAnyRole(method);
  }
  table.Allow(ZH_REPORTING_METHOD("VerifyTotals"), {kDistrict, kAdmin, kJob});
  AllowYearEnds(table);
  AllowOversight(table);
  AllowReports(table);
  return table;
}

}  // namespace zhenhui::reporting
