#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/auth/jwt.h"
#include "common/embedded/embedded.h"
#include "common/metrics/registry.h"
#include "common/rpc/server.h"
#include "common/time/clock.h"

namespace zhenhui::service {

// What every service is made with. Pointers outlive the service.
struct Config {
  std::string dsn;           // of the service's own login role
  int pool_size = 8;         // database connections for calls
  int threads = 8;           // of the executor that blocks on the database
  size_t queue_limit = 256;  // calls that wait for a thread; more are refused with QUEUE_FULL
  const Clock* clock = nullptr;
  std::shared_ptr<const auth::TokenVerifier> verifier;
  metrics::Registry* metrics = nullptr;
};

// One service inside a process: its own process, the standalone, or a test. Order of use: make it, put
// hosted() into a server, start the server, Start, ... Stop, shut the server down, destroy it.
class HostedService {
 public:
  virtual ~HostedService() = default;

  // Its gRPC services, at least one, with the names under which the health service knows them. They serve and
  // stop serving together.
  virtual std::vector<rpc::Server::Hosted> hosted() = 0;
  // Begins background work; returns at once. `set_serving` is called from a background thread with true once
  // the database answers and the schema fits, with false when that ends.
  virtual void Start(std::function<void(bool)> set_serving) = 0;
  // Ends the streams that would last for ever and the background work. May be called again.
  virtual void Stop() = 0;
};

// Tells the server's health service of all that the service hosts.
void SetServing(rpc::Server& server, HostedService& service, bool serving);

// The schema of one service, and who reads it.
struct Schema {
  std::string name;  // "townships"
  const std::vector<embedded::File>* migrations;
};

// Brings the schema to the newest version with the rights of `owner_dsn`, then grants `role` (if not empty)
// what a service needs: usage of the schema, reading and writing of its tables. Returns how many files were
// applied.
absl::StatusOr<int> Migrate(const std::string& owner_dsn, const Schema& schema, const std::string& role);

// `dsn` with this service's name and search_path.
absl::StatusOr<std::string> ServiceDsn(const std::string& dsn, const Schema& schema);

}  // namespace zhenhui::service
