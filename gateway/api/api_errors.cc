#include "gateway/api/api_errors.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"

namespace zhenhui::gateway {
namespace {

absl::Status OwnWords(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
      return WithRetryDelay(Error(absl::StatusCode::kUnavailable, "SERVICE_UNAVAILABLE",
                                  "the service behind this address cannot be reached now; try again"),
                            absl::Seconds(2));
    case grpc::StatusCode::DEADLINE_EXCEEDED:
      return Error(absl::StatusCode::kDeadlineExceeded, "DEADLINE_EXCEEDED",
                   "there was no answer in time; ask for less, or for more time with x-timeout-ms");
    case grpc::StatusCode::CANCELLED:
      return Error(absl::StatusCode::kCancelled, "CALL_CANCELLED", "the call was cancelled");
    default:
      return Error(static_cast<absl::StatusCode>(code), "CALL_FAILED",
                   "the call of the service failed; the gateway's log has more under this request id");
  }
}

}  // namespace

grpc::Status Presentable(const grpc::Status& status, std::string_view request_id, std::string_view method) {
  if (status.ok() || !status.error_details().empty()) return status;
  if (status.error_code() != grpc::StatusCode::CANCELLED) {
    log::Warning("a call of a service failed without details",
                 {{"method", method},
                  {"request_id", request_id},
                  {"code", transcoding::CodeName(status.error_code())},
                  {"what", status.error_message()}});
  }
  return rpc::ToGrpc(OwnWords(status.error_code()));
}

transcoding::HttpError ToHttpError(const transcoding::Plans& plans, const grpc::Status& status,
                                   std::string_view request_id, std::optional<int> http_status) {
  const std::string message = status.error_message();
  const std::string details = status.error_details();
  return transcoding::MakeHttpError(plans, {.code = status.error_code(),
                                            .message = message,
                                            .details = details,
                                            .request_id = request_id,
                                            .http_status = http_status});
}

http::Response ErrorResponse(const transcoding::Plans& plans, const grpc::Status& status,
                             std::string_view request_id, std::optional<int> http_status) {
  transcoding::HttpError error = ToHttpError(plans, status, request_id, http_status);
  http::Response response;
  response.status = error.status;
  response.headers.Add("content-type", "application/json");
  if (error.retry_after) response.headers.Add("retry-after", absl::StrCat(*error.retry_after));
  if (error.status == 401) response.headers.Add("www-authenticate", "Bearer");
  response.body = std::move(error.body);
  return response;
}

http::Response ErrorResponse(const transcoding::Plans& plans, const absl::Status& status,
                             std::string_view request_id, std::optional<int> http_status) {
  return ErrorResponse(plans, rpc::ToGrpc(status), request_id, http_status);
}

}  // namespace zhenhui::gateway
