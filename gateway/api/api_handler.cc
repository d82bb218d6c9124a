#include "gateway/api/api_handler.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "gateway/api/answers.h"
#include "gateway/api/api_errors.h"

namespace zhenhui::gateway {
namespace {

namespace asio = http::asio;
using transcoding::Route;
using transcoding::RouteMatch;
using transcoding::Transcoder;

http::Response NoRoute(const Transcoder& transcoder, const http::Request& request, const RouteMatch& match) {
  const auto& plans = transcoder.plans();
  switch (match.kind) {
    case RouteMatch::Kind::kMalformedPath:
      return ErrorResponse(plans,
                           Error(absl::StatusCode::kInvalidArgument, "PATH_MALFORMED",
                                 "the path cannot be decoded: a broken %XX, a NUL byte, or no UTF-8"),
                           request.request_id);
    case RouteMatch::Kind::kOtherMethod: {
      const std::string allow = absl::StrJoin(match.allow, ", ");
      http::Response response = ErrorResponse(plans,
                                              Error(absl::StatusCode::kUnimplemented, "METHOD_NOT_ALLOWED",
                                                    absl::StrCat("this path takes ", allow, " only")),
                                              request.request_id, 405);
      response.headers.Add("allow", match.allow.contains("GET") ? absl::StrCat(allow, ", HEAD") : allow);
      return response;
    }
    default:
      return ErrorResponse(plans,
                           Error(absl::StatusCode::kNotFound, "ROUTE_NOT_FOUND",
                                 "nothing is at this path; /openapi.json lists what there is"),
                           request.request_id);
  }
}

// A form of a foreign page could send other types without asking the browser's leave.
bool IsJson(std::string_view content_type) {
  const std::string type =
      absl::AsciiStrToLower(absl::StripAsciiWhitespace(Absl(content_type.substr(0, content_type.find(';')))));
  return type == "application/json";
}

absl::StatusOr<absl::Duration> TimeoutOf(const http::Request& request, const Route& route,
                                         const ApiOptions& options) {
  const std::string_view asked = request.headers.Find("x-timeout-ms");
  if (asked.empty()) {
    if (route.server_streaming) return absl::InfiniteDuration();
    return route.http_method == "GET" ? options.read_timeout : options.write_timeout;
  }
  int64_t milliseconds = 0;
  const int64_t most = absl::ToInt64Milliseconds(options.longest_timeout);
  if (!absl::SimpleAtoi(Absl(asked), &milliseconds) || milliseconds < 1 || milliseconds > most) {
    return Error(absl::StatusCode::kInvalidArgument, "TIMEOUT_MALFORMED",
                 absl::StrCat("x-timeout-ms is a whole number of milliseconds, 1 to ", most));
  }
  return absl::Milliseconds(milliseconds);
}

absl::StatusOr<upstream::CallSpec> MakeCall(const http::Request& request, const Route& route,
                                            const RouteMatch& match, std::string token,
                                            const ApiOptions& options) {
  upstream::CallSpec spec;
  spec.method = route.grpc_path;
  spec.token = std::move(token);
  spec.request_id = request.request_id;
  ASSIGN_OR_RETURN(spec.timeout, TimeoutOf(request, route, options));
  ASSIGN_OR_RETURN(spec.request, transcoding::MakeRequest(route, match.values, request.query, request.body));
  return spec;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const ApiHandler>> ApiHandler::Create(
    std::shared_ptr<const Transcoder> transcoder, upstream::Upstreams upstreams, ApiOptions options) {
  std::unique_ptr<ApiHandler> handler(new ApiHandler(std::move(transcoder), std::move(upstreams), options));
  for (const Route& route : handler->transcoder_->routes()) {
    const std::string& service = route.method->service()->full_name();
    handler->stubs_.push_back(handler->upstreams_.Find(service));
    if (handler->stubs_.back() == nullptr) {
      return Error(absl::StatusCode::kFailedPrecondition, "UPSTREAM_MISSING",
                   absl::StrCat("no address is given for ", service));
    }
  }
  return std::unique_ptr<const ApiHandler>(std::move(handler));
}

asio::awaitable<void> ApiHandler::Handle(http::Exchange& exchange, std::string token) const {
  const http::Request& request = exchange.request();
  const RouteMatch match = transcoder_->Find(request.method, request.path);
  if (match.kind != RouteMatch::Kind::kFound) {
    co_await exchange.Send(NoRoute(*transcoder_, request, match));
    co_return;
  }
  const Route& route = transcoder_->routes()[static_cast<size_t>(match.route)];
  exchange.SetRoute(route.path_text);
  if (!request.body.empty() && !IsJson(request.headers.Find("content-type"))) {
    absl::Status status = Error(absl::StatusCode::kInvalidArgument, "CONTENT_TYPE_NOT_SUPPORTED",
                                "a body is JSON, with content-type: application/json");
    co_await exchange.Send(ErrorResponse(transcoder_->plans(), status, request.request_id, 415));
    co_return;
  }
  absl::StatusOr<upstream::CallSpec> spec = MakeCall(request, route, match, std::move(token), options_);
  if (!spec.ok()) {
    co_await exchange.Send(ErrorResponse(transcoder_->plans(), spec.status(), request.request_id));
    co_return;
  }
  const Answering answering{exchange, *transcoder_, route, *stubs_[static_cast<size_t>(match.route)],
                            options_};
  if (route.server_streaming) {
    co_await AnswerStream(answering, *std::move(spec));
  } else {
    co_await AnswerUnary(answering, *std::move(spec));
  }
}

}  // namespace zhenhui::gateway
