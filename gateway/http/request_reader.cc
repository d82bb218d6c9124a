#include "gateway/http/request_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "common/log/log.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::http {
namespace {

namespace beast_http = boost::beast::http;
using Parser = beast_http::request_parser<beast_http::string_body>;

constexpr Problem kMalformed = {400, "INVALID_ARGUMENT", "REQUEST_MALFORMED",
                                "请求不符合 HTTP 格式，请检查客户端",
                                "the request is not well-formed HTTP; check the client"};
constexpr Problem kHeaderTooLarge = {
    431, "INVALID_ARGUMENT", "HEADER_TOO_LARGE", "请求头过大，请缩短网址或清除 Cookie",
    "the request's header is too large; shorten the address or clear the cookies"};
constexpr Problem kBodyTooLarge = {413, "INVALID_ARGUMENT", "BODY_TOO_LARGE", "请求内容过大，请分批提交",
                                   "the request's body is too large; send it in parts"};
constexpr Problem kEncoded = {415, "INVALID_ARGUMENT", "BODY_ENCODED", "请求内容不得压缩，请直接发送",
                              "the request's body must not be compressed; send it as it is"};
constexpr Problem kExpectation = {417, "INVALID_ARGUMENT", "EXPECTATION_UNKNOWN", "不支持该 Expect 请求头",
                                  "this expect header is not supported"};

bool IsSaneRequestId(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
    return absl::ascii_isalnum(c) || c == '.' || c == '_' || c == '-';
  });
}

std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }

// The path and query of "/a?b" or "http://host/a?b" (RFC 9112, 3.2): false for every other form.
bool SplitTarget(std::string_view target, Request* request) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!absl::StartsWithIgnoreCase(Absl(target), Absl(scheme))) continue;
    const std::size_t path = target.find('/', scheme.size());
    target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
  }
  if (!target.starts_with('/') || target.find('#') != std::string_view::npos) return false;
  const std::size_t query = target.find('?');
  request->path = std::string(target.substr(0, query));
  if (query != std::string_view::npos) request->query = std::string(target.substr(query + 1));
  return true;
}

}  // namespace

struct RequestReader::Impl {
  std::optional<Parser> parser;
  Request request;  // what CheckHeader has read
  bool checked = false;
  bool expects = false;
};

RequestReader::RequestReader(std::size_t header_bytes, std::size_t body_bytes)
    : header_bytes_(header_bytes), body_bytes_(body_bytes), impl_(std::make_unique<Impl>()) {}

RequestReader::~RequestReader() = default;

RequestReader::State RequestReader::Fail(const Problem& problem) {
  problem_ = problem;
  return State::kFailed;
}

RequestReader::State RequestReader::Feed(std::string* bytes) {
  if (!impl_->parser) {
    // An empty line before a request is to be ignored (RFC 9112, 2.2).
    while (bytes->starts_with("\r\n")) bytes->erase(0, 2);
    if (bytes->empty() || *bytes == "\r") return State::kMore;
    impl_->parser.emplace();
    impl_->parser->eager(true);
    impl_->parser->header_limit(static_cast<std::uint32_t>(header_bytes_));
    impl_->parser->body_limit(body_bytes_);
  }
  boost::beast::error_code error;
  const std::size_t used = impl_->parser->put(asio::const_buffer(bytes->data(), bytes->size()), error);
  bytes->erase(0, used);
  if (error == beast_http::error::header_limit) return Fail(kHeaderTooLarge);
  if (error == beast_http::error::body_limit) return Fail(kBodyTooLarge);
  if (error && error != beast_http::error::need_more) return Fail(kMalformed);
  if (impl_->parser->is_header_done() && !std::exchange(impl_->checked, true)) {
    if (CheckHeader() == State::kFailed) return State::kFailed;
  }
  if (!impl_->parser->is_done()) return State::kMore;
  return State::kDone;
}

// What Beast does not check, and everything that can be refused before the body has come.
RequestReader::State RequestReader::CheckHeader() {
  const auto& message = impl_->parser->get();
  if (message.version() != 11 && message.version() != 10) return Fail(kMalformed);
  if (message.method_string().size() > 16) return Fail(kMalformed);
  if (!SplitTarget(View(message.target()), &impl_->request)) return Fail(kMalformed);
  const auto hosts = message.count(beast_http::field::host);
  if (hosts > 1 || (hosts == 0 && message.version() == 11)) return Fail(kMalformed);
  // Anything but exactly "chunked" lets two programs see two different ends of the body.
  if (message.count(beast_http::field::transfer_encoding) != 0 &&
      !absl::EqualsIgnoreCase(Absl(View(message[beast_http::field::transfer_encoding])), "chunked"))
    return Fail(kMalformed);
  const std::string_view encoding = View(message[beast_http::field::content_encoding]);
  if (!encoding.empty() && !absl::EqualsIgnoreCase(Absl(encoding), "identity")) return Fail(kEncoded);
  const std::string_view expectation = View(message[beast_http::field::expect]);
  if (!expectation.empty()) {
    if (!absl::EqualsIgnoreCase(Absl(expectation), "100-continue")) return Fail(kExpectation);
    impl_->expects = message.version() == 11 && !impl_->parser->is_done();
  }
  return State::kMore;
}

bool RequestReader::header_done() const { return impl_->parser && impl_->parser->is_header_done(); }
bool RequestReader::TakeExpectation() { return std::exchange(impl_->expects, false); }
bool RequestReader::keep_alive() const { return impl_->parser->get().keep_alive(); }
bool RequestReader::http10() const { return impl_->parser->get().version() == 10; }

Request RequestReader::Take() {
  auto& message = impl_->parser->get();
  Request request = std::move(impl_->request);
  request.method = View(message.method_string());
  for (const auto& field : message) request.headers.Add(View(field.name_string()), View(field.value()));
  request.body = std::move(message.body());
  const std::string_view id = request.headers.Find("x-request-id");
  request.request_id = IsSaneRequestId(id) ? std::string(id) : log::NewRequestId();
  impl_->parser.reset();
  impl_->request = {};
  impl_->checked = impl_->expects = false;
  return request;
}

}  // namespace zhenhui::gateway::http
