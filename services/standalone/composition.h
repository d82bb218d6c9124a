#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/metrics/exposer.h"
#include "common/metrics/registry.h"
#include "common/metrics/timers.h"
#include "common/rpc/interceptor.h"
#include "common/rpc/server.h"
#include "common/service/hosted_service.h"
#include "common/time/clock.h"
#include "services/standalone/bootstrap.h"
#include "services/standalone/job_tokens.h"

namespace zhenhui::standalone {

// Cores and two, within 4 and 16.
int DatabaseSessions();

struct CompositionOptions {
  ServiceDsns dsns;
  std::string private_pem;             // signs the services' own calls, and its public half checks all calls
  std::string listen = "127.0.0.1:0";  // port 0 picks a free one
  rpc::ServerTls tls = {};
  std::string metrics_listen = {};  // address and port of /metrics; empty: none
  rpc::AccessLog access_log = rpc::AccessLog::kProblems;
  // Database connections of each service, and its threads for database work. PostgreSQL shares this machine:
  // a few more sessions than cores keep it busy, and with twice as many the feed's threads wait behind them
  // for a core.
  int pool_size = DatabaseSessions();
  int threads = DatabaseSessions();
  size_t queue_limit = 256;
  absl::Duration flush_interval = absl::Milliseconds(500);  // of reporting's cells
  absl::Duration verify_interval =
      absl::Seconds(5);                   // between two towns of the background verification; 0: off
  std::function<void()> on_serving = {};  // called once, when all three services serve; from their threads
};

// All three services in this process on one port, calling each other without a network. The schemas must be
// there, or appear later (see PrepareDatabase): until then the services say NOT_SERVING.
class Composition {
 public:
  // Listens and begins to serve; an unreachable database is no error. UNAVAILABLE, reason
  // ADDRESS_UNAVAILABLE, when the port is taken; INVALID_ARGUMENT for a key or a file that does not fit.
  static absl::StatusOr<std::unique_ptr<Composition>> Start(CompositionOptions options);
  ~Composition();
  Composition(const Composition&) = delete;
  Composition& operator=(const Composition&) = delete;

  int port() const { return port_; }
  // Whether all three serve now. Thread-safe.
  bool serving() const;
  // A channel to all services without the port. `token` may be null. Thread-safe.
  std::shared_ptr<grpc::Channel> Channel(rpc::TokenProvider token) {
    return outer_->InProcessChannel(std::move(token));
  }

  // Of this process; also for who serves in front of it.
  metrics::Registry& metrics() { return registry_; }

  // Lets running calls finish for a while, then ends everything. May be called again.
  void Stop();

 private:
  // A service, and a server without a port through which the others reach it: it runs before they are made,
  // and before the port opens.
  struct Member {
    std::unique_ptr<service::HostedService> service;
    std::unique_ptr<rpc::Server> inner;
  };

  explicit Composition(CompositionOptions options);
  absl::Status Compose();
  absl::Status Add(std::unique_ptr<service::HostedService> service);
  std::shared_ptr<grpc::Channel> ChannelTo(size_t member, const std::shared_ptr<JobTokens>& tokens);
  absl::StatusOr<service::Config> ConfigFor(const std::string& dsn);
  absl::Status Open();
  void NoteServing(service::HostedService& service, bool serving);

  const CompositionOptions options_;
  const SystemClock clock_;
  metrics::Registry registry_;
  metrics::Timers rpcs_;
  metrics::Timers statements_;
  std::vector<Member> members_;  // in the order in which they depend on each other
  std::unique_ptr<rpc::Server> outer_;
  std::unique_ptr<metrics::Exposer> exposer_;
  int port_ = 0;
  bool stopped_ = false;
  mutable std::mutex mu_;
  std::set<const service::HostedService*> serving_;  // guarded by mu_
  bool told_ = false;                                // guarded by mu_
};

}  // namespace zhenhui::standalone
