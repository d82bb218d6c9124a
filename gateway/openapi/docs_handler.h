#pragma once

#include "gateway/http/exchange.h"
#include "gateway/transcoding/transcoder.h"

namespace zhenhui::gateway::openapi {

// Answers /openapi.json (the document), /api (the same for people) and /api/style.css, made once here, with
// ETags; 404 for every other path, 405 for other methods than GET and HEAD. The handler needs nothing of the
// transcoder afterwards.
http::Handler MakeDocsHandler(const transcoding::Transcoder& transcoder);

}  // namespace zhenhui::gateway::openapi
