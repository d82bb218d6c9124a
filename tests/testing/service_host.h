#pragma once
#include <functional>
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "common/auth/claims.h"
#include "common/metrics/registry.h"
#include "common/rpc/server.h"
#include "common/service/hosted_service.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/private_postgres.h"

namespace zhenhui::testing {

// One real service over a database of its own, in process, reached through real channels. Throws
// std::runtime_error when it does not come up. Tokens are checked against TestVerifier().
class ServiceHost {
 public:
  using Create =
      std::function<absl::StatusOr<std::unique_ptr<service::HostedService>>(const service::Config&)>;
  // `clock` outlives the host. Waits until the service serves.
  ServiceHost(const service::Schema& schema, const Create& create, const Clock& clock);
  ~ServiceHost();

  // A channel whose calls carry a token of this role and scope; an empty scope sends no token.
  std::shared_ptr<grpc::Channel> Channel(auth::Role role, const std::string& scope);

  // A channel whose calls carry this token.
  std::shared_ptr<grpc::Channel> ChannelWith(const std::string& token);

  const metrics::Registry& metrics() const { return metrics_; }
  const std::string& dsn() const { return dsn_; }
  service::HostedService& hosted() { return *service_; }

 private:
  TestDatabase database_;
  std::string dsn_;
  metrics::Registry metrics_;
  std::unique_ptr<service::HostedService> service_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace zhenhui::testing
