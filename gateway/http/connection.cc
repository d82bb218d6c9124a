#include "gateway/http/connection.h"

#include <exception>
#include <optional>
#include <utility>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "absl/strings/ascii.h"
#include "common/log/log.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::http {
namespace {

constexpr Problem kTooSlow = {408, "DEADLINE_EXCEEDED", "REQUEST_TOO_SLOW", "请求发送过慢，请检查网络后重试",
                              "the request came too slowly; check the network and try again"};
constexpr Problem kTooMany = {503, "UNAVAILABLE", "TOO_MANY_CONNECTIONS", "连接数已满，请稍后重试",
                              "there are too many connections; try again later"};
constexpr Problem kHandlerFailed = {500, "INTERNAL", "HANDLER_FAILED",
                                    "服务器内部错误，请把请求编号告诉管理员",
                                    "an internal error; tell the operators the request id"};

// What a client may still send that nobody reads, before the connection is cut.
constexpr std::size_t kMaxDiscarded = 1 << 20;

std::string AddressOf(const asio::ip::tcp::socket& socket) {
  boost::system::error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return "unknown";
  const auto& address = endpoint.address();
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

void BelieveProxy(Request* request) {
  const std::string_view clients = request->headers.Find("x-forwarded-for");
  const std::string_view last = clients.substr(clients.rfind(',') + 1);
  const absl::string_view client = absl::StripAsciiWhitespace(Absl(last));
  if (!client.empty()) request->peer = std::string(client);
  if (request->headers.Find("x-forwarded-proto") == "https") request->secure = true;
}

}  // namespace

void Connection::Start(Worker& worker, Shared& shared, asio::ip::tcp::socket socket, bool welcome) {
  std::shared_ptr<Connection> self(new Connection(worker, shared, std::move(socket)));
  asio::co_spawn(worker.context(), Run(std::move(self), welcome), asio::detached);
}

Connection::Connection(Worker& worker, Shared& shared, asio::ip::tcp::socket socket)
    : worker_(worker),
      shared_(shared),
      peer_(AddressOf(socket)),
      wire_(std::make_shared<Wire>(MakeTransport(std::move(socket), shared.tls.get()),
                                   worker.context().get_executor(),
                                   shared.options.limits.header_bytes + (16 << 10))),
      reader_(shared.options.limits.header_bytes, shared.options.limits.body_bytes) {
  worker_.Add(this);
}

Connection::~Connection() {
  worker_.Remove(this);
  shared_.ConnectionEnded();
}

asio::awaitable<void> Connection::Run(std::shared_ptr<Connection> self, bool welcome) {
  try {
    co_await self->Converse(welcome);
  } catch (const std::exception& error) {
    log::Error("a connection failed", {{"peer", self->peer_}, {"why", error.what()}});
  }
  self->wire_->Close();
}

asio::awaitable<void> Connection::Converse(bool welcome) {
  wire_->CloseAfter(shared_.times.handshake);
  const bool understood = co_await wire_->Handshake();
  wire_->ClearDeadline();
  if (!understood) co_return;
  if (!welcome) {
    co_await Refuse(kTooMany, 1);
    co_await CloseGently();
    co_return;
  }
  for (bool more = true; more;) {
    const Reading reading = co_await ReadRequest();
    if (reading == Reading::kClosed) break;
    if (reading == Reading::kProblem) {
      co_await Refuse(problem_, 0);
      break;
    }
    const Manner manner = {.http10 = reader_.http10(), .keep_alive = reader_.keep_alive()};
    Request request = reader_.Take();
    request.peer = peer_;
    request.secure = shared_.tls != nullptr;
    if (shared_.options.behind_proxy) BelieveProxy(&request);
    more = co_await Serve(std::move(request), manner);
  }
  co_await CloseGently();
}

asio::awaitable<Connection::Reading> Connection::ReadRequest() {
  std::optional<Phase> phase;
  for (late_ = false;;) {
    if (!wire_->unread().empty()) {
      const RequestReader::State state = reader_.Feed(&wire_->unread());
      if (state == RequestReader::State::kFailed) problem_ = reader_.problem();
      if (state != RequestReader::State::kMore) {
        wire_->ClearDeadline();
        co_return state == RequestReader::State::kDone ? Reading::kRequest : Reading::kProblem;
      }
    }
    if (late_) {
      problem_ = kTooSlow;
      co_return Reading::kProblem;
    }
    if (wire_->ended()) co_return Reading::kClosed;
    const bool begun = reader_.header_done() || !wire_->unread().empty();
    if (!begun && worker_.draining()) co_return Reading::kClosed;
    if (reader_.TakeExpectation()) {
      constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
      const Pieces pieces = {asio::const_buffer(kContinue.data(), kContinue.size()), {}, {}};
      const bool sent = co_await wire_->Write(pieces, shared_.times.write_stall);
      if (!sent) co_return Reading::kClosed;
      phase.reset();  // sending has taken the deadline away
    }
    const Phase now = reader_.header_done() ? Phase::kBody : begun ? Phase::kHeader : Phase::kIdle;
    if (phase != now) Enter(now);
    phase = now;
    wire_->KeepReading();
    co_await wire_->Wait();
  }
}

void Connection::Enter(Phase phase) {
  const SteadyClock::duration limit = phase == Phase::kIdle     ? shared_.times.idle
                                      : phase == Phase::kHeader ? shared_.times.header
                                                                : shared_.times.body;
  wire_->SetDeadline(limit, [this, phase] { OnLate(phase); });
}

void Connection::OnLate(Phase phase) {
  if (phase == Phase::kIdle) return wire_->Close();
  late_ = true;
  wire_->Wake();
}

asio::awaitable<bool> Connection::Serve(Request request, Manner manner) {
  ServerExchange exchange(wire_, worker_, shared_, std::move(request), manner);
  exchange_ = &exchange;
  wire_->OnEnd([&exchange] { exchange.Tell(Gone::kPeerLeft); });
  wire_->SetDeadline(shared_.times.handler, [&exchange] { exchange.Tell(Gone::kTimeout); });
  wire_->KeepReading();
  if (wire_->ended()) exchange.Tell(Gone::kPeerLeft);
  co_await Handle(exchange);
  wire_->OnEnd(nullptr);
  wire_->ClearDeadline();
  exchange_ = nullptr;
  exchange.Record();
  co_return exchange.reusable();
}

asio::awaitable<void> Connection::Handle(ServerExchange& exchange) {
  std::string why;
  try {
    co_await shared_.handler(exchange);
  } catch (const std::exception& error) {
    why = error.what();
  }
  if (!why.empty()) {
    log::Error(
        "a handler threw",
        {{"path", exchange.request().path}, {"request_id", exchange.request().request_id}, {"why", why}});
  }
  exchange.OnGone(nullptr);  // it may hold what has ended with the handler
  if (exchange.begun()) co_return;
  Response response = ErrorAnswer(kHandlerFailed);
  co_await exchange.Send(std::move(response));
}

// Answers what is no request.
asio::awaitable<void> Connection::Refuse(Problem problem, int retry_after_seconds) {
  Request request;
  request.method = "-";
  request.path = "-";
  request.peer = peer_;
  request.request_id = log::NewRequestId();
  ServerExchange exchange(wire_, worker_, shared_, std::move(request), Manner{});
  Response response = ErrorAnswer(problem, retry_after_seconds);
  co_await exchange.Send(std::move(response));
  exchange.Record();
}

// A close while bytes of the client are unread would reset the connection, and the client would lose the
// answer.
asio::awaitable<void> Connection::CloseGently() {
  if (wire_->ended()) co_return;
  wire_->CloseAfter(shared_.times.linger);
  co_await wire_->FinishSending();
  for (std::size_t discarded = 0; !wire_->ended() && discarded < kMaxDiscarded;) {
    discarded += wire_->unread().size();
    wire_->unread().clear();
    wire_->KeepReading();
    co_await wire_->Wait();
  }
}

void Connection::Drain() {
  if (exchange_ != nullptr) exchange_->TellDraining();
  wire_->Wake();  // an idle connection ends
}

}  // namespace zhenhui::gateway::http
