#include "tests/faults/deployment.h"

#include <signal.h>

#include <pqxx/pqxx>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/auth/jwt.h"
#include "common/rpc/channel.h"

namespace zhenhui::faults {

std::shared_ptr<grpc::Channel> Deployment::Connect(const std::string& service, auth::Role role,
                                                   const std::string& scope) const {
  const absl::Time now = absl::Now();
  const std::string token =
      auth::TokenSigner::Create(SigningKey())
          .value()
          .Sign({absl::StrCat("fault-test-", scope), role, scope, now + absl::Hours(12)}, now)
          .value();
  grpc::ChannelArguments arguments;
  // A client of the product waits longer between attempts; here waiting only makes fewer rounds.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 50);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 200);
  return grpc::experimental::CreateCustomChannelWithInterceptors(
      absl::StrCat("127.0.0.1:", PortOf(service)), grpc::InsecureChannelCredentials(), arguments,
      rpc::TokenInterceptors([token] { return token; }));
}

std::shared_ptr<grpc::Channel> Deployment::Townships(auth::Role role, const std::string& scope) const {
  return Connect("townships", role, scope);
}
std::shared_ptr<grpc::Channel> Deployment::Activities(auth::Role role, const std::string& scope) const {
  return Connect("activities", role, scope);
}
std::shared_ptr<grpc::Channel> Deployment::Reporting(auth::Role role, const std::string& scope) const {
  return Connect("reporting", role, scope);
}

void KillOneBackend(const std::string& owner_dsn, Random& random) {
  try {
    pqxx::connection connection(owner_dsn);
    pqxx::nontransaction tx(connection);
    const pqxx::result sessions = tx.exec(
        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
        " AND application_name LIKE 'zhenhui-%'");
    if (sessions.empty()) return;
    kill(sessions[static_cast<int>(random() % static_cast<size_t>(sessions.size()))][0].as<pid_t>(), SIGKILL);
  } catch (const pqxx::failure&) {  // the server is just coming back from the kill before
  }
}

}  // namespace zhenhui::faults
