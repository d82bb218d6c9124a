#pragma once
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "common/auth/claims.h"

namespace zhenhui::faults {

using Random = std::mt19937_64;

// The product as it runs somewhere: real processes over a durable PostgreSQL, with ports that stay. Failures
// to start throw std::runtime_error. Not thread-safe, except for what channels do.
class Deployment {
 public:
  virtual ~Deployment() = default;

  // What may be killed: "activities", "backend" (a PostgreSQL session of ours), "postgres" ...
  virtual std::vector<std::string> victims() const = 0;
  // kill -9.
  virtual void Kill(const std::string& victim, Random& random) = 0;
  // Starts it again on the same port and data, unless somebody else does that; does not wait until it serves.
  virtual void Restore(const std::string& victim) = 0;
  // The end of the logs of all processes, for messages.
  virtual std::string Logs() const = 0;

  // Of the database's owner, who may read all schemas.
  virtual std::string OwnerDsn(const std::string& database) const = 0;

  // Channels to the services; calls carry a token of this role and scope. They live through restarts.
  std::shared_ptr<grpc::Channel> Townships(auth::Role role, const std::string& scope) const;
  std::shared_ptr<grpc::Channel> Activities(auth::Role role, const std::string& scope) const;
  std::shared_ptr<grpc::Channel> Reporting(auth::Role role, const std::string& scope) const;

 protected:
  virtual int PortOf(const std::string& service) const = 0;
  virtual std::string SigningKey() const = 0;  // PEM

 private:
  std::shared_ptr<grpc::Channel> Connect(const std::string& service, auth::Role role,
                                         const std::string& scope) const;
};

// zhenhui-townships, zhenhui-activities and zhenhui-reporting as three processes.
std::unique_ptr<Deployment> MakeSeparateDeployment();
// zhenhui-standalone with a data folder.
std::unique_ptr<Deployment> MakeStandaloneDeployment();

// Kills one of the sessions that the services have on this database, if there is any.
void KillOneBackend(const std::string& owner_dsn, Random& random);

}  // namespace zhenhui::faults
