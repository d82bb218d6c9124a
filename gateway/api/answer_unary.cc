#include <memory>
#include <utility>

#include "absl/strings/str_cat.h"
#include "gateway/api/answers.h"
#include "gateway/api/api_errors.h"
#include "gateway/transcoding/percent.h"

namespace zhenhui::gateway {
namespace {

absl::StatusOr<http::Response> Success(const Answering& answering, std::string_view message) {
  http::Response response;
  if (answering.route.raw_answer) {
    absl::StatusOr<transcoding::RawAnswer> raw = answering.transcoder.TakeRaw(answering.route, message);
    if (!raw.ok()) return raw.status();
    response.headers = RawHeaders(*raw);
    response.body = std::move(raw->data);
    return response;
  }
  response.headers.Add("content-type", "application/json");
  response.body.reserve(message.size() * 2 + 64);
  absl::Status written = answering.transcoder.AppendAnswer(answering.route, message, &response.body);
  if (!written.ok()) return written;
  response.body += '\n';
  return response;
}

}  // namespace

http::Headers RawHeaders(const transcoding::RawAnswer& answer) {
  http::Headers headers;
  // What comes from a service is data: a broken type must not become a second header line.
  const bool sane =
      !answer.content_type.empty() && answer.content_type.find_first_not_of(
                                          " !#$&'*+-./0123456789;=ABCDEFGHIJKLMNOPQRSTUVWXYZ^_"
                                          "abcdefghijklmnopqrstuvwxyz|~\"") == std::string::npos;
  headers.Add("content-type", sane ? answer.content_type : "application/octet-stream");
  if (!answer.file_name.empty()) {
    headers.Add("content-disposition",
                absl::StrCat("attachment; filename*=UTF-8''", transcoding::PercentEncode(answer.file_name)));
  }
  return headers;
}

http::asio::awaitable<void> AnswerUnary(const Answering& answering, upstream::CallSpec spec) {
  http::Exchange& exchange = answering.exchange;
  const std::shared_ptr<upstream::UnaryCall> call =
      upstream::UnaryCall::Make(exchange.executor(), std::move(spec));
  bool late = false;
  exchange.OnGone([&late, call](http::Gone why) {
    if (why == http::Gone::kDraining) return;  // a call in hand is finished
    late = why == http::Gone::kTimeout;
    call->Cancel();
  });
  co_await call->Run(answering.stub);
  exchange.OnGone(nullptr);
  const std::string& request_id = exchange.request().request_id;
  grpc::Status status = call->status();
  if (late && !status.ok())
    status = grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, "the server's own limit");
  http::Response response;
  if (status.ok()) {
    absl::StatusOr<http::Response> success = Success(answering, call->Answer());
    response = success.ok() ? *std::move(success)
                            : ErrorResponse(answering.transcoder.plans(), success.status(), request_id);
  } else {
    response = ErrorResponse(answering.transcoder.plans(),
                             Presentable(status, request_id, answering.route.grpc_path), request_id);
  }
  co_await exchange.Send(std::move(response));
}

}  // namespace zhenhui::gateway
