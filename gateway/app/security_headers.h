#pragma once

#include "gateway/http/headers.h"

namespace zhenhui::gateway {

// What every answer carries unless its handler says otherwise: no script but our own files, no frame around
// us, nothing kept by caches. `secure` adds that the host is to be reached by TLS only.
http::Headers SecurityHeaders(bool secure);

}  // namespace zhenhui::gateway
