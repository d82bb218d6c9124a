#pragma once
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/auth/claims.h"
#include "services/reporting/domain/oversight/alarms.h"
#include "services/reporting/domain/oversight/gaps.h"
#include "services/reporting/rpc/requests.h"
#include "zhenhui/reporting/v1/oversight_service.pb.h"

// Pure checks of requests about plans, gaps and alarms. Reasons besides those of requests.h: YEAR_INVALID,
// DATE_OUTSIDE_YEAR, GAP_TYPE_INVALID, ALARM_TYPE_INVALID, EXPLANATION_MISSING, PERIOD_NOT_WHOLE_MONTHS.
// Every scope is checked against the token: PERMISSION_DENIED, OUT_OF_SCOPE.
namespace zhenhui::reporting {

struct PlanRequest {
  TownScope scope;
  int year = 0;
  Date as_of;  // inside the year, or today when that is before it
  bool overdue_only = false;
};
absl::StatusOr<PlanRequest> ReadPlanStatus(const v1::GetPlanStatusRequest& request,
                                           const auth::Claims& claims, Date today);

struct GapRequest {
  TownScope scope;
  GapQuery query;
  int page_size = 100;
};
absl::StatusOr<GapRequest> ReadGaps(const v1::ListGapsRequest& request, const auth::Claims& claims);

struct AlarmRequest {
  TownScope scope;
  int year = 0;
  std::set<AlarmType> types;
  bool unexplained_only = false;
  int page_size = 100;
};
absl::StatusOr<AlarmRequest> ReadAlarms(const v1::ListAlarmsRequest& request, const auth::Claims& claims);

// "townships/630106101/alarms/2024.jump.law_lectures".
struct AlarmName {
  std::string township;
  int year = 0;
  std::string id;
};
// Besides, checks the explanation's text.
absl::StatusOr<AlarmName> ReadExplanation(const v1::ExplainAlarmRequest& request, const auth::Claims& claims);

}  // namespace zhenhui::reporting
