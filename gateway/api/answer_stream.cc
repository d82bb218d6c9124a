#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "gateway/api/answers.h"
#include "gateway/api/api_errors.h"

namespace zhenhui::gateway {
namespace {

namespace asio = http::asio;
using upstream::Signal;
using upstream::StreamCall;

enum class Form { kEvents, kLines, kBytes };

Form FormOf(const Answering& answering) {
  if (answering.route.raw_answer) return Form::kBytes;
  const std::string_view accept = answering.exchange.request().headers.Find("accept");
  return absl::StrContains(absl::AsciiStrToLower(Absl(accept)), "text/event-stream") ? Form::kEvents
                                                                                     : Form::kLines;
}

// Writes one stream of answers.
class StreamAnswer {
 public:
  StreamAnswer(const Answering& answering, std::shared_ptr<StreamCall> call)
      : answering_(answering),
        exchange_(answering.exchange),
        call_(std::move(call)),
        form_(FormOf(answering)) {}

  asio::awaitable<void> Run();

 private:
  asio::awaitable<void> Pump();
  asio::awaitable<bool> Begin();
  asio::awaitable<bool> WriteMessage();
  asio::awaitable<void> WriteEnd(grpc::Status status);
  // What the service sent as text of the answer; an error if it cannot be read.
  absl::Status Compose();
  const std::string& request_id() const { return exchange_.request().request_id; }
  grpc::Status EndStatus() const;

  const Answering& answering_;
  http::Exchange& exchange_;
  const std::shared_ptr<StreamCall> call_;
  const Form form_;
  bool begun_ = false;
  bool timeout_ = false;
  bool draining_ = false;
  bool left_ = false;
  uint64_t sent_ = 0;
  transcoding::RawAnswer raw_ = {};
  std::string text_ = {};
};

asio::awaitable<void> StreamAnswer::Run() {
  exchange_.OnGone([this](http::Gone why) {
    timeout_ |= why == http::Gone::kTimeout;
    draining_ |= why == http::Gone::kDraining;
    left_ |= why == http::Gone::kPeerLeft;
    call_->Cancel();
  });
  std::exception_ptr thrown;  // whatever happens, gRPC must be done with the call before it goes
  try {
    co_await Pump();
  } catch (...) {
    thrown = std::current_exception();
  }
  exchange_.OnGone(nullptr);
  co_await call_->Finish();
  if (thrown) std::rethrow_exception(thrown);
}

asio::awaitable<void> StreamAnswer::Pump() {
  const bool events = form_ == Form::kEvents;
  while (!left_) {
    const Signal::Duration limit = !events  ? Signal::Duration::max()
                                   : begun_ ? answering_.options.heartbeat
                                            : answering_.options.patience;
    const StreamCall::Event event = co_await call_->Next(limit);
    if (event == StreamCall::Event::kEnd) {
      co_await WriteEnd(EndStatus());
      co_return;
    }
    bool going_on = true;
    if (event == StreamCall::Event::kMessage) {
      const absl::Status composed = Compose();
      if (!composed.ok()) {
        co_await WriteEnd(rpc::ToGrpc(composed));
        co_return;
      }
      going_on = co_await WriteMessage();
    } else if (!begun_) {
      going_on = co_await Begin();
    } else {
      going_on = co_await exchange_.Write(": heartbeat\n\n");
    }
    if (!going_on) co_return;
  }
}

// What is said to the client: his own leaving and the server's are CANCELLED to the service.
grpc::Status StreamAnswer::EndStatus() const {
  const grpc::Status& status = call_->status();
  if (status.ok()) return status;
  if (draining_) {
    return rpc::ToGrpc(WithRetryDelay(
        Error(absl::StatusCode::kUnavailable, "SERVER_DRAINING", "this server ends; connect again"),
        absl::Seconds(1)));
  }
  if (timeout_) return Presentable(grpc::Status(grpc::StatusCode::DEADLINE_EXCEEDED, ""), request_id(), "");
  return Presentable(status, request_id(), answering_.route.grpc_path);
}

absl::Status StreamAnswer::Compose() {
  if (form_ == Form::kBytes) {
    absl::StatusOr<transcoding::RawAnswer> raw =
        answering_.transcoder.TakeRaw(answering_.route, call_->message());
    if (!raw.ok()) return raw.status();
    raw_ = *std::move(raw);
    return absl::OkStatus();
  }
  text_.clear();
  if (form_ == Form::kEvents) absl::StrAppend(&text_, "event: message\nid: ", ++sent_, "\ndata: ");
  absl::Status status = answering_.transcoder.AppendAnswer(answering_.route, call_->message(), &text_);
  text_ += form_ == Form::kEvents ? "\n\n" : "\n";
  return status;
}

asio::awaitable<bool> StreamAnswer::Begin() {
  begun_ = true;
  http::StreamHead head;
  head.live = form_ == Form::kEvents;
  if (form_ == Form::kBytes) {
    head.headers = RawHeaders(raw_);
  } else {
    head.headers.Add("content-type", head.live ? "text/event-stream" : "application/x-ndjson");
  }
  if (head.live) head.headers.Add("x-accel-buffering", "no");  // for nginx before us
  const bool listened_to = co_await exchange_.Begin(std::move(head));
  if (!listened_to || form_ != Form::kEvents) co_return listened_to;
  const std::string hint = absl::StrCat("retry: ", answering_.options.reconnect.count(), "\n\n");
  const bool heard = co_await exchange_.Write(hint);
  co_return heard;
}

asio::awaitable<bool> StreamAnswer::WriteMessage() {
  if (!begun_) {
    const bool going_on = co_await Begin();
    if (!going_on) co_return false;
  }
  const std::string_view piece = form_ == Form::kBytes ? std::string_view(raw_.data) : text_;
  if (piece.empty()) co_return true;
  const bool going_on = co_await exchange_.Write(piece);
  co_return going_on;
}

asio::awaitable<void> StreamAnswer::WriteEnd(grpc::Status status) {
  const transcoding::Plans& plans = answering_.transcoder.plans();
  if (!begun_ && !status.ok()) {
    co_await exchange_.Send(ErrorResponse(plans, status, request_id()));
    co_return;
  }
  if (!begun_) {
    const bool going_on = co_await Begin();
    if (!going_on) co_return;
  }
  // A file that ends early must not look whole.
  if (form_ == Form::kBytes && !status.ok()) co_return;
  text_.clear();
  if (!status.ok()) {
    const transcoding::HttpError error = ToHttpError(plans, status, request_id());
    text_ = form_ == Form::kEvents ? absl::StrCat("event: error\ndata: ", error.body, "\n") : error.body;
  } else if (form_ == Form::kEvents) {
    text_ = "event: end\ndata: {}\n\n";
  }
  if (!text_.empty()) {
    const bool going_on = co_await exchange_.Write(text_);
    if (!going_on) co_return;
  }
  co_await exchange_.End();
}

}  // namespace

asio::awaitable<void> AnswerStream(const Answering& answering, upstream::CallSpec spec) {
  const std::shared_ptr<StreamCall> call =
      StreamCall::Start(answering.exchange.executor(), answering.stub, std::move(spec));
  StreamAnswer answer(answering, call);
  co_await answer.Run();
}

}  // namespace zhenhui::gateway
