#pragma once

#include "gateway/openapi/schemas.h"
#include "gateway/transcoding/transcoder.h"

namespace zhenhui::gateway::openapi {

// The OpenAPI 3.1 document of every route, from the descriptors' comments and options.
Json MakeDocument(const transcoding::Transcoder& transcoder);

// The path as OpenAPI can say it: "/v1/{name=districts/*/yearEnds/*}:close" becomes
// "/v1/districts/{districtsId}/yearEnds/{yearEndsId}:close", since its parameters hold no '/'. `names`: of
// the parameters.
std::string OpenApiPath(const transcoding::PathTemplate& path, std::vector<std::string>* names);

}  // namespace zhenhui::gateway::openapi
