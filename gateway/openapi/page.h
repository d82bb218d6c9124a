#pragma once

#include <string>
#include <string_view>

#include "gateway/openapi/schemas.h"

namespace zhenhui::gateway::openapi {

// The document as one page of HTML for people: no script, no style but the file at "/api/style.css".
std::string MakePage(const Json& document);

// That file.
std::string_view PageStyle();

}  // namespace zhenhui::gateway::openapi
