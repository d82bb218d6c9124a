#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "common/auth/jwt.h"
#include "common/metrics/registry.h"
#include "common/time/clock.h"
#include "gateway/app/request_metrics.h"
#include "gateway/http/server.h"
#include "gateway/session/sessions.h"

namespace zhenhui::gateway {

struct GatewayOptions {
  std::string address = "127.0.0.1:0";
  http::TlsFiles tls = {};
  http::Limits limits = {};
  int threads = 0;            // see http::ServerOptions
  bool behind_proxy = false;  // see http::ServerOptions
  session::SessionOptions sessions = {};
  std::string dashboard = {};  // folder of the built dashboard; empty: a page that says it is not there
  AccessLog access_log = AccessLog::kAll;
};

// What the gateway works with. All that is pointed to outlives it.
struct GatewayParts {
  std::shared_ptr<const auth::TokenVerifier> verifier;
  const Clock* clock;
  metrics::Registry* registry;
  // Answers /v1/..., with the caller's verified token.
  std::function<http::asio::awaitable<void>(http::Exchange&, std::string)> api;
  // Answers /openapi.json, /api and /api/..., which anybody may read; null: nobody does.
  http::Handler docs;
  // Whether the services can be reached, for /readyz; from the server's threads, must not block.
  std::function<bool()> ready;
};

// The HTTP side of Zhenhui. Paths: /v1/... (API), /session, /openapi.json and /api (its description),
// /healthz and /readyz (for orchestrators), everything else: the dashboard. Thread-safe.
class Gateway {
 public:
  // Listens. Errors as http::Server::Start and files::FileSet::Load.
  static absl::StatusOr<std::unique_ptr<Gateway>> Start(GatewayOptions options, GatewayParts parts);
  ~Gateway();  // Stop(0)

  int port() const;
  // "http://127.0.0.1:7461", as the address was given.
  std::string url() const;
  // A link that signs in with `token`, once, within `life`.
  std::string SignInLink(std::string token, absl::Duration life);

  // Says "not ready" for `notice`, so that load balancers look elsewhere, then ends as http::Server::Stop.
  void Stop(absl::Duration grace, absl::Duration notice = absl::ZeroDuration());

 private:
  class Impl;
  explicit Gateway(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace zhenhui::gateway
