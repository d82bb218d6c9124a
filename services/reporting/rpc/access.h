#pragma once
#include "common/auth/policy.h"

namespace zhenhui::reporting {

inline constexpr char kServiceName[] = "zhenhui.reporting.v1.RollupService";

// The full name of a method, from its literal: ZH_REPORTING_METHOD("QueryRollup").
#define ZH_REPORTING_METHOD(name) "/zhenhui.reporting.v1.RollupService/" name

// Every RPC with the roles that may call it. That the token covers the whole scope is checked by the
// handlers.
auth::AccessTable Access();

}  // namespace zhenhui::reporting
