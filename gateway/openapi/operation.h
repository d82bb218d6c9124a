#pragma once

#include <string>
#include <vector>

#include "gateway/openapi/schemas.h"
#include "gateway/transcoding/route.h"

namespace zhenhui::gateway::openapi {

// The OpenAPI operation of a route. `path_names`: of the parameters in its path. `number`: which binding of
// its method it is, from 1.
Json MakeOperation(const transcoding::Route& route, const std::vector<std::string>& path_names, int number,
                   Schemas& schemas);

}  // namespace zhenhui::gateway::openapi
