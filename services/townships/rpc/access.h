#pragma once
#include "common/auth/policy.h"

namespace zhenhui::townships {

inline constexpr char kServiceName[] = "zhenhui.townships.v1.TownshipService";

// The full name of a method, from its literal: ZH_TOWNSHIPS_METHOD("GetVillage").
#define ZH_TOWNSHIPS_METHOD(name) "/zhenhui.townships.v1.TownshipService/" name

// Every RPC with the roles that may call it. The scope is checked by the handlers, once they know the place.
auth::AccessTable Access();

}  // namespace zhenhui::townships
