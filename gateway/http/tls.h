#pragma once

#include <memory>

#include <boost/asio/ssl/context.hpp>

#include "absl/status/statusor.h"
#include "gateway/http/server.h"

namespace zhenhui::gateway::http {

// TLS 1.2 and newer, speaking HTTP/1.1. INVALID_ARGUMENT, reason TLS_FILES, when the files do not fit.
absl::StatusOr<std::unique_ptr<asio::ssl::context>> MakeTlsContext(const TlsFiles& files);

}  // namespace zhenhui::gateway::http
