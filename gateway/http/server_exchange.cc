#include "gateway/http/server_exchange.h"

#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/log/log.h"
#include "gateway/http/response_head.h"

namespace zhenhui::gateway::http {
namespace {

// Answers that have no body and must not state the length of one (RFC 9110, 8.6).
bool HasNoBody(int status) { return status == 204 || status == 304 || status < 200; }

}  // namespace

ServerExchange::ServerExchange(std::shared_ptr<Wire> wire, Worker& worker, Shared& shared, Request request,
                               Manner manner)
    : wire_(std::move(wire)),
      worker_(worker),
      shared_(shared),
      request_(std::move(request)),
      manner_(manner),
      written_before_(wire_->written()) {}

ServerExchange::~ServerExchange() {
  if (streaming_) --shared_.streams;
}

void ServerExchange::OnGone(std::function<void(Gone)> callback) {
  if (gone_ && callback) return callback(*gone_);
  on_gone_ = std::move(callback);
}

void ServerExchange::Tell(Gone why) {
  if (why == Gone::kPeerLeft && !begun()) left_early_ = true;
  if (gone_ || (why == Gone::kTimeout && begun())) return;
  gone_ = why;
  if (on_gone_) std::exchange(on_gone_, nullptr)(why);
}

void ServerExchange::TellDraining() {
  if (live_) Tell(Gone::kDraining);
}

// Takes the one right to answer.
bool ServerExchange::Claim(int status) {
  if (begun()) {
    log::Error("a handler answered twice", {{"path", request_.path}, {"request_id", request_.request_id}});
    return false;
  }
  status_ = status;
  keep_alive_ = manner_.keep_alive && !worker_.draining() && !wire_->ended();
  return true;
}

std::string ServerExchange::Head(int status, const Headers& headers, std::optional<std::uint64_t> length,
                                 bool varies) {
  return WriteHead({.status = status,
                    .headers = &headers,
                    .always = &shared_.options.always,
                    .request_id = request_.request_id,
                    .date = worker_.Date(),
                    .content_length = length,
                    .chunked = chunked_,
                    .gzip = gzip_,
                    .varies = varies,
                    .close = !keep_alive_,
                    .http10 = manner_.http10});
}

asio::awaitable<void> ServerExchange::Send(Response response) {
  if (!Claim(response.status)) co_return;
  std::string compressed;
  std::string_view body = response.stored ? std::string_view(*response.stored) : response.body;
  const bool varies = response.compress && body.size() > kMinCompressedBytes &&
                      !response.headers.Has("content-encoding") &&
                      IsCompressible(response.headers.Find("content-type"));
  if (varies && AcceptsGzip(request_.headers)) {
    compressed = Gzip(body, kFastGzip);
    body = compressed;
    gzip_ = true;
  }
  std::optional<std::uint64_t> length = body.size();
  if (HasNoBody(response.status)) {
    length.reset();
    body = {};
  }
  const std::string head = Head(response.status, response.headers, length, varies);
  if (request_.method == "HEAD") body = {};
  const Pieces pieces = {asio::buffer(head), asio::const_buffer(body.data(), body.size()),
                         asio::const_buffer()};
  whole_ = co_await wire_->Write(pieces, shared_.times.write_stall);
}

asio::awaitable<bool> ServerExchange::Begin(StreamHead head) {
  if (!Claim(head.status)) co_return false;
  streaming_ = true;
  ++shared_.streams;
  live_ = head.live;
  chunked_ = !manner_.http10;
  if (!chunked_) keep_alive_ = false;  // HTTP/1.0 knows the end only by the close
  const bool varies = head.compress && !head.live && !head.headers.Has("content-encoding") &&
                      IsCompressible(head.headers.Find("content-type"));
  gzip_ = varies && AcceptsGzip(request_.headers);
  const std::string text = Head(head.status, head.headers, std::nullopt, varies);
  const Pieces pieces = {asio::buffer(text), asio::const_buffer(), asio::const_buffer()};
  bool listened_to = co_await wire_->Write(pieces, shared_.times.write_stall);
  if (request_.method == "HEAD") {
    whole_ = listened_to;
    co_return false;
  }
  if (gzip_) compressor_ = std::make_unique<GzipStream>();
  if (worker_.draining()) TellDraining();
  co_return listened_to;
}

asio::awaitable<bool> ServerExchange::WriteChunk(std::string_view bytes) {
  if (whole_ || wire_->ended()) co_return false;  // whole: a HEAD was answered
  if (bytes.empty()) co_return true;              // an empty chunk would end the answer
  const std::string size = chunked_ ? absl::StrCat(absl::Hex(bytes.size()), "\r\n") : std::string();
  const std::string_view end = chunked_ ? "\r\n" : "";
  const Pieces pieces = {asio::buffer(size), asio::const_buffer(bytes.data(), bytes.size()),
                         asio::const_buffer(end.data(), end.size())};
  co_return co_await wire_->Write(pieces, shared_.times.write_stall);
}

asio::awaitable<bool> ServerExchange::Write(std::string_view chunk) {
  if (!compressor_) co_return co_await WriteChunk(chunk);
  const std::string compressed = compressor_->Add(chunk, /*last=*/false);
  co_return co_await WriteChunk(compressed);
}

asio::awaitable<void> ServerExchange::End() {
  if (!streaming_ || whole_) co_return;
  if (compressor_) {
    const std::string compressed = compressor_->Add({}, /*last=*/true);
    const bool listened_to = co_await WriteChunk(compressed);
    if (!listened_to) co_return;
  }
  const std::string_view end = chunked_ ? "0\r\n\r\n" : "";
  const Pieces pieces = {asio::const_buffer(end.data(), end.size()), asio::const_buffer(),
                         asio::const_buffer()};
  whole_ = co_await wire_->Write(pieces, shared_.times.write_stall);
}

void ServerExchange::Record() const {
  if (!shared_.options.on_request) return;
  shared_.options.on_request({.method = request_.method,
                              .path = request_.path,
                              .route = route_,
                              .request_id = request_.request_id,
                              .peer = request_.peer,
                              .status = left_early_ ? 499 : status_,
                              .bytes = wire_->written() - written_before_,
                              .took = absl::FromChrono(SteadyClock::now() - start_),
                              .whole = whole_,
                              .streamed = streaming_});
}

}  // namespace zhenhui::gateway::http
