#pragma once
#include "common/auth/policy.h"

namespace zhenhui::reporting {

inline constexpr char kServiceName[] = "zhenhui.reporting.v1.RollupService";

// The full name of a method, from its literal: ZH_REPORTING_METHOD("QueryRollup").
#define ZH_REPORTING_METHOD(name) "/zhenhui.reporting.v1.RollupService/" name

inline constexpr char kYearEndServiceName[] = "zhenhui.reporting.v1.YearEndService";
#define ZH_YEAR_END_METHOD(name) "/zhenhui.reporting.v1.YearEndService/" name

inline constexpr char kHistoryServiceName[] = "zhenhui.reporting.v1.HistoryService";
#define ZH_HISTORY_METHOD(name) "/zhenhui.reporting.v1.HistoryService/" name

inline constexpr char kOversightServiceName[] = "zhenhui.reporting.v1.OversightService";
#define ZH_OVERSIGHT_METHOD(name) "/zhenhui.reporting.v1.OversightService/" name

inline constexpr char kReportServiceName[] = "zhenhui.reporting.v1.ReportService";
#define ZH_REPORT_METHOD(name) "/zhenhui.reporting.v1.ReportService/" name

// Every RPC with the roles that may call it. That the token covers the whole scope is checked by the
// handlers.
auth::AccessTable Access();

}  // namespace zhenhui::reporting
