#pragma once
#include <memory>
#include <optional>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/time/time.h"
#include "services/standalone/composition.h"
#include "services/standalone/data_dir.h"
#include "services/standalone/private_postgres.h"

namespace zhenhui::bench {

// What zhenhui-standalone runs, in this process: a durable PostgreSQL with its settings in a folder of our
// own
// ($ZHENHUI_BENCH_DIR or /tmp; removed at the end), and the three services on one port. Only the background
// verification is off, so that it falls into no measured time. Everything throws on errors.
class Stand {
 public:
  explicit Stand(absl::Duration flush_interval = absl::Milliseconds(500));
  ~Stand();
  Stand(const Stand&) = delete;
  Stand& operator=(const Stand&) = delete;

  // Returns when all three services serve.
  void StartServices();
  void StopServices();
  void StartDatabase();
  void StopDatabase();

  // Over the port, with the administrator's token. Each call makes a connection of its own.
  std::shared_ptr<grpc::Channel> Connect() const { return Connect(port()); }
  // The same to another server on this machine.
  std::shared_ptr<grpc::Channel> Connect(int port) const;
  std::shared_ptr<grpc::Channel> InProcess() const;
  const std::string& token() const { return keys_.token; }
  // Checks the token: for a gateway beside us.
  const std::string& public_pem() const { return keys_.public_pem; }
  int port() const { return services_->port(); }
  // The superuser's.
  std::string dsn() const { return postgres_->dsn(); }

 private:
  struct Secrets {
    std::string private_pem;
    std::string public_pem;
    std::string token;
  };
  const absl::Duration flush_interval_;
  std::string folder_;
  standalone::Account account_;
  std::optional<standalone::DataDir> dir_;
  Secrets keys_;
  std::unique_ptr<standalone::PrivatePostgres> postgres_;
  std::unique_ptr<standalone::Composition> services_;
};

}  // namespace zhenhui::bench
