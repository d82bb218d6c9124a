#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/metrics/timers.h"
#include "common/rpc/channel.h"
#include "common/rpc/interceptor.h"

namespace zhenhui::rpc {

struct ServerTls {
  std::string certificate_file = {};  // PEM chain; empty: no TLS
  std::string key_file = {};
  std::string client_ca_file = {};  // not empty: clients must show a certificate of this authority
};

struct ServerOptions {
  // Port 0 picks a free one; "unix:/path" works too; empty: no port, only InProcessChannel leads here.
  std::string address = "127.0.0.1:0";
  ServerTls tls = {};
  bool reflection = true;  // process-wide: it is on for all servers once one of them has it
  int max_message_bytes = 4 << 20;
  AccessLog access_log = AccessLog::kAll;
  metrics::Timers* timers = nullptr;  // "method" timers; must outlive the server
};

// One gRPC server for one or several services, with health and reflection. Thread-safe after Start. A service
// of the callback API may be in several servers.
class Server {
 public:
  // A service and the name under which the health service knows it ("zhenhui.activities.v1.ActivityService").
  struct Hosted {
    grpc::Service* service;  // not owned, outlives the server
    std::string health_name;
    OwnRecords* own_records = nullptr;  // not owned, outlives the server; null if it records nothing itself
  };

  Server(ServerOptions options, std::vector<Hosted> services);
  ~Server();  // Shutdown(0) if it still runs

  // Listens, and returns the port (0 without one). Health says NOT_SERVING for every name until SetServing:
  // call that after the first successful query. UNAVAILABLE when the address is taken, INVALID_ARGUMENT for
  // unreadable TLS files.
  absl::StatusOr<int> Start();

  void SetServing(std::string_view health_name, bool serving);

  // Fails readiness, waits `drain` so that load balancers see it, then lets running calls finish for `grace`
  // and cancels the rest. Returns when no call runs any more; may be called again.
  void Shutdown(absl::Duration grace, absl::Duration drain = absl::ZeroDuration());

  // A channel inside the process; no port, no TLS. `token` may be empty. Use after Start.
  std::shared_ptr<grpc::Channel> InProcessChannel(TokenProvider token = nullptr);

 private:
  const ServerOptions options_;
  const std::vector<Hosted> services_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace zhenhui::rpc
