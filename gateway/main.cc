// zhenhui-gateway: HTTP/JSON and the dashboard for browsers, in front of the services' gRPC.
#include <CLI/CLI.hpp>

#include <cstdio>
#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/auth/keys.h"
#include "common/log/log.h"
#include "common/metrics/exposer.h"
#include "common/process/signals.h"
#include "common/rpc/channel.h"
#include "common/status/status_macros.h"
#include "gateway/app/compose.h"
#include "gateway/gateway_flags.h"

namespace zhenhui::gateway {
namespace {

// gRPC connects by itself; what has failed and was not tried again counts as not reachable.
bool IsReachable(grpc::Channel& channel) { return channel.GetState(true) != GRPC_CHANNEL_TRANSIENT_FAILURE; }

absl::Status WriteReadyFile(const std::string& path, int port) {
  if (path.empty()) return absl::OkStatus();
  std::ofstream(path + ".new") << port << "\n";
  if (std::rename((path + ".new").c_str(), path.c_str()) != 0)
    return absl::InternalError(absl::StrCat("cannot write ", path));
  return absl::OkStatus();
}

absl::Status Run(const GatewayFlags& flags, const sigset_t& stop) {
  RETURN_IF_ERROR(log::SetLevelByName(flags.log_level));
  const SystemClock clock;
  metrics::Registry registry;
  ASSIGN_OR_RETURN(const auto pems,
                   auth::LoadPublicKeys({flags.public_key_files.begin(), flags.public_key_files.end()}));
  ASSIGN_OR_RETURN(auto verifier, auth::TokenVerifier::Create(pems, clock));
  const rpc::ChannelOptions channel{.tls = flags.upstream_tls};
  ASSIGN_OR_RETURN(const auto townships, rpc::Connect(flags.townships, channel));
  ASSIGN_OR_RETURN(const auto activities, rpc::Connect(flags.activities, channel));
  ASSIGN_OR_RETURN(const auto reporting, rpc::Connect(flags.reporting, channel));
  Surroundings surroundings{
      .verifier = std::move(verifier),
      .clock = &clock,
      .registry = &registry,
      .ready = [&] { return IsReachable(*townships) && IsReachable(*activities) && IsReachable(*reporting); },
      .descriptor_file = flags.descriptor_file};
  ASSIGN_OR_RETURN(const auto gateway,
                   StartGateway(flags.options, std::move(surroundings), {townships, activities, reporting}));
  std::unique_ptr<metrics::Exposer> exposer;
  if (!flags.metrics_listen.empty()) {
    ASSIGN_OR_RETURN(exposer, metrics::Exposer::Start(flags.metrics_listen, registry));
  }
  RETURN_IF_ERROR(WriteReadyFile(flags.ready_file, gateway->port()));
  log::Info("listening", {{"program", "zhenhui-gateway"}, {"port", gateway->port()}});
  const int signal = process::WaitForStop(stop);
  log::Info("stopping", {{"program", "zhenhui-gateway"}, {"signal", signal}});
  gateway->Stop(absl::Seconds(flags.grace_seconds), absl::Seconds(flags.notice_seconds));
  return absl::OkStatus();
}

}  // namespace
}  // namespace zhenhui::gateway

int main(int argc, char** argv) {
  using namespace zhenhui;
  const sigset_t stop = process::BlockStopSignals();
  CLI::App app("HTTP/JSON and the dashboard, in front of Zhenhui's services", "zhenhui-gateway");
  gateway::GatewayFlags flags;
  gateway::AddFlags(app, flags);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status status = gateway::Run(flags, stop);
  if (status.ok()) return 0;
  log::Error("failed", {{"program", "zhenhui-gateway"}, {"why", status.ToString()}});
  return 1;
}
