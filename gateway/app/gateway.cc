#include "gateway/app/gateway.h"

#include <atomic>
#include <utility>
#include <variant>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/status_macros.h"
#include "gateway/app/security_headers.h"
#include "gateway/files/file_set.h"
#include "gateway/http/errors.h"

namespace zhenhui::gateway {
namespace {

constexpr http::Problem kNotReady = {503, "UNAVAILABLE", "NOT_READY", "服务尚未就绪，请稍后重试",
                                     "the services are not ready; try again later"};

http::Response Text(std::string text) {
  return {.headers = {{"content-type", "text/plain; charset=utf-8"}}, .body = std::move(text)};
}

bool IsDocs(std::string_view path) {
  return path == "/openapi.json" || path == "/api" || path.starts_with("/api/");
}

}  // namespace

class Gateway::Impl {
 public:
  Impl(GatewayOptions options, GatewayParts parts)
      : options_(std::move(options)),
        parts_(std::move(parts)),
        codes_(*parts_.clock),
        sessions_(parts_.verifier, codes_, *parts_.clock, options_.sessions),
        metrics_(*parts_.registry, options_.access_log) {}
  ~Impl() { Stop(absl::ZeroDuration(), absl::ZeroDuration()); }

  absl::Status Start();
  void Stop(absl::Duration grace, absl::Duration notice);
  int port() const { return server_->port(); }
  std::string url() const;
  session::OneTimeCodes& codes() { return codes_; }

 private:
  http::asio::awaitable<void> Answer(http::Exchange& exchange);
  http::asio::awaitable<void> Call(http::Exchange& exchange);
  http::Response AnswerAtOnce(http::Exchange& exchange);
  http::Response Ready() const;

  const GatewayOptions options_;
  const GatewayParts parts_;
  session::OneTimeCodes codes_;
  session::Sessions sessions_;
  RequestMetrics metrics_;
  files::FileSet files_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<http::Server> server_;
  metrics::Registry::Handle connections_;
  metrics::Registry::Handle streams_;
};

absl::Status Gateway::Impl::Start() {
  if (!options_.dashboard.empty()) {
    ASSIGN_OR_RETURN(files_, files::FileSet::Load(options_.dashboard));
  }
  http::ServerOptions server{.address = options_.address,
                             .limits = options_.limits,
                             .tls = options_.tls,
                             .threads = options_.threads,
                             .behind_proxy = options_.behind_proxy,
                             .always = SecurityHeaders(!options_.tls.certificate.empty()),
                             .on_request = [this](const http::Record& record) { metrics_.Record(record); }};
  ASSIGN_OR_RETURN(server_, http::Server::Start(std::move(server), [this](http::Exchange& exchange) {
                     return Answer(exchange);
                   }));
  connections_ = parts_.registry->GaugeFunction("zhenhui_http_connections", "Open HTTP connections", {},
                                                [this] { return server_->connections(); });
  streams_ = parts_.registry->GaugeFunction("zhenhui_http_streams", "HTTP answers in pieces under way", {},
                                            [this] { return server_->streams(); });
  return absl::OkStatus();
}

void Gateway::Impl::Stop(absl::Duration grace, absl::Duration notice) {
  if (server_ == nullptr) return;
  if (!stopping_.exchange(true) && notice > absl::ZeroDuration()) absl::SleepFor(notice);
  server_->Stop(grace);
}

std::string Gateway::Impl::url() const {
  const std::string& address = options_.address;
  return absl::StrCat(options_.tls.certificate.empty() ? "http://" : "https://",
                      address.substr(0, address.rfind(':') + 1), server_->port());
}

http::asio::awaitable<void> Gateway::Impl::Answer(http::Exchange& exchange) {
  const std::string& path = exchange.request().path;
  // Coroutines that are only passed on: an own frame for each would cost and add nothing.
  if (absl::StartsWith(path, "/v1/")) return Call(exchange);
  if (parts_.docs && IsDocs(path)) {
    exchange.SetRoute("docs");
    return parts_.docs(exchange);
  }
  return exchange.Send(AnswerAtOnce(exchange));
}

http::asio::awaitable<void> Gateway::Impl::Call(http::Exchange& exchange) {
  std::variant<session::Caller, http::Response> who = sessions_.Identify(exchange.request());
  if (http::Response* refused = std::get_if<http::Response>(&who)) {
    exchange.SetRoute("/v1 refused");
    co_await exchange.Send(std::move(*refused));
    co_return;
  }
  std::string token = std::get<session::Caller>(std::move(who)).token;
  co_await parts_.api(exchange, std::move(token));
}

http::Response Gateway::Impl::AnswerAtOnce(http::Exchange& exchange) {
  const std::string& path = exchange.request().path;
  if (path == "/session") {
    exchange.SetRoute("/session");
    return sessions_.Answer(exchange.request());
  }
  if (path == "/healthz") {
    exchange.SetRoute("/healthz");
    return Text("ok\n");
  }
  if (path == "/readyz") {
    exchange.SetRoute("/readyz");
    return Ready();
  }
  exchange.SetRoute("files");
  return files_.Answer(exchange.request());
}

http::Response Gateway::Impl::Ready() const {
  return !stopping_.load() && parts_.ready() ? Text("ready\n") : http::ErrorAnswer(kNotReady, 1);
}

Gateway::Gateway(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Gateway::~Gateway() = default;

absl::StatusOr<std::unique_ptr<Gateway>> Gateway::Start(GatewayOptions options, GatewayParts parts) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(parts));
  RETURN_IF_ERROR(impl->Start());
  return std::unique_ptr<Gateway>(new Gateway(std::move(impl)));
}

int Gateway::port() const { return impl_->port(); }
std::string Gateway::url() const { return impl_->url(); }

std::string Gateway::SignInLink(std::string token, absl::Duration life) {
  return absl::StrCat(url(), "/sign-in#code=", impl_->codes().Add(std::move(token), life));
}

void Gateway::Stop(absl::Duration grace, absl::Duration notice) { impl_->Stop(grace, notice); }

}  // namespace zhenhui::gateway
