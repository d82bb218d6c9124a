#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/transcoding/plan.h"

namespace zhenhui::gateway::transcoding {

// An error as gRPC tells it.
struct GrpcError {
  int code = 2;  // a google.rpc.Code
  std::string_view message = {};
  std::string_view details = {};     // serialised google.rpc.Status (grpc-status-details-bin); may be empty
  std::string_view request_id = {};  // added as a google.rpc.RequestInfo; empty: not
  std::optional<int> http_status = {};  // in place of the code's own (404, 405, 415 ...)
};

// The same for HTTP, by AIP-193: {"error": {"code": 404, "status": "NOT_FOUND", "message": ..., "details":
// [...]}}.
struct HttpError {
  int status = 500;
  std::string body = {};                    // one line of JSON, with its end
  std::optional<int64_t> retry_after = {};  // seconds, rounded up: from google.rpc.RetryInfo
};

// Details of types that `plans` does not know, or that cannot be read, stay google.protobuf.Any with their
// bytes in base64.
HttpError MakeHttpError(const Plans& plans, const GrpcError& error);

// The table of google.rpc.Code: 400 for INVALID_ARGUMENT ... 500 for what is no code.
int HttpStatusOf(int grpc_code);

// "NOT_FOUND"; "UNKNOWN" for what is no code.
std::string_view CodeName(int grpc_code);

}  // namespace zhenhui::gateway::transcoding
