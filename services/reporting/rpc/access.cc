#include "services/reporting/rpc/access.h"

namespace zhenhui::reporting {

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
  return table;
}

}  // namespace zhenhui::reporting
