#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <grpcpp/support/status.h>

#include "absl/status/status.h"
#include "gateway/http/exchange.h"
#include "gateway/transcoding/error_json.h"

namespace zhenhui::gateway {

// What gRPC itself says (no connection, a deadline passed) names addresses and libraries: it is logged, and a
// sentence of ours with a reason takes its place. What a service says has details and passes as it is.
grpc::Status Presentable(const grpc::Status& status, std::string_view request_id, std::string_view method);

transcoding::HttpError ToHttpError(const transcoding::Plans& plans, const grpc::Status& status,
                                   std::string_view request_id, std::optional<int> http_status = {});

http::Response ErrorResponse(const transcoding::Plans& plans, const grpc::Status& status,
                             std::string_view request_id, std::optional<int> http_status = {});
http::Response ErrorResponse(const transcoding::Plans& plans, const absl::Status& status,
                             std::string_view request_id, std::optional<int> http_status = {});

}  // namespace zhenhui::gateway
