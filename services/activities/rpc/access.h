#pragma once
#include "common/auth/policy.h"

namespace zhenhui::activities {

inline constexpr char kServiceName[] = "zhenhui.activities.v1.ActivityService";

inline constexpr char kPlanServiceName[] = "zhenhui.activities.v1.PlanService";

// The full name of a method, from its literal: ZH_ACTIVITIES_METHOD("GetActivity").
#define ZH_ACTIVITIES_METHOD(name) "/zhenhui.activities.v1.ActivityService/" name

#define ZH_PLAN_METHOD(name) "/zhenhui.activities.v1.PlanService/" name

// Every RPC of both services with the roles that may call it. The scope is checked by the handlers, once they
// know the place.
auth::AccessTable Access();

}  // namespace zhenhui::activities
