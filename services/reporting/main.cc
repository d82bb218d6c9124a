// zhenhui-reporting: the rollups as a process of its own.
#include <utility>

#include "common/log/log.h"
#include "common/process/secrets.h"
#include "common/service/service_main.h"
#include "common/status/status_macros.h"
#include "services/reporting/service.h"

namespace zhenhui {
namespace {

struct Flags {
  std::string activities;
  std::string townships;
  std::string token;  // may be "@/path/to/file"
  rpc::ChannelTls tls;
  std::string metrics_file;
  int flush_ms = 500;
  int verify_ms = 5000;
  std::string scope;
  std::string rebuild_dsn;
  std::string rebuild_prefix;
};

void AddServeFlags(CLI::App& serve, Flags& flags) {
  serve.add_option("--activities", flags.activities, "address of the activities service")->required();
  serve.add_option("--townships", flags.townships, "address of the townships service")->required();
  serve.add_option("--token", flags.token, "token of role job; @FILE reads it, again for each call")->required();
  serve.add_flag("--upstream-tls", flags.tls.enabled, "both addresses speak TLS");
  serve.add_option("--upstream-ca", flags.tls.ca_file, "PEM of their authority; default: the system's");
  serve.add_option("--upstream-certificate", flags.tls.certificate_file, "PEM chain to show them");
  serve.add_option("--upstream-key", flags.tls.key_file, "PEM key of that certificate");
  serve.add_option("--metrics-file", flags.metrics_file, "a metrics.json instead of the built-in one");
  serve.add_option("--scope", flags.scope, "prefix of division codes to follow; default: the token's scope");
  serve.add_option("--flush-interval-ms", flags.flush_ms, "between two flushes")->check(CLI::Range(10, 60'000));
  serve.add_option("--verify-interval-ms", flags.verify_ms, "between two verified towns; 0: never");
}

// Read for each call, so that a token can be renewed without a restart; the calls are rare.
std::string Token(const std::string& flag) {
  absl::StatusOr<std::string> token = process::ResolveSecret(flag);
  if (token.ok()) return *std::move(token);
  log::Error("token not read", {{"why", std::string(token.status().message())}});
  return "";
}

absl::StatusOr<std::unique_ptr<service::HostedService>> Create(const service::Config& config, const Flags& flags) {
  const rpc::ChannelOptions channel{.tls = flags.tls, .token = [token = flags.token] { return Token(token); }};
  RETURN_IF_ERROR(process::ResolveSecret(flags.token).status());
  reporting::Options options;
  options.scope = flags.scope;
  options.flush_interval = absl::Milliseconds(flags.flush_ms);
  options.verify_interval = absl::Milliseconds(flags.verify_ms);
  ASSIGN_OR_RETURN(options.activities, rpc::Connect(flags.activities, channel));
  ASSIGN_OR_RETURN(options.townships, rpc::Connect(flags.townships, channel));
  if (!flags.metrics_file.empty()) {
    ASSIGN_OR_RETURN(options.metrics_json, process::ReadSmallFile(flags.metrics_file));
  }
  return reporting::CreateService(config, options);
}

absl::Status RequestRebuilds(const Flags& flags) {
  ASSIGN_OR_RETURN(const std::string dsn, process::ResolveSecret(flags.rebuild_dsn));
  ASSIGN_OR_RETURN(const int64_t towns, reporting::RequestRebuilds(dsn, flags.rebuild_prefix));
  log::Info("rebuilds requested", {{"townships", towns}});
  return absl::OkStatus();
}

}  // namespace
}  // namespace zhenhui

int main(int argc, char** argv) {
  using namespace zhenhui;
  Flags flags;
  service::Command rebuild{"rebuild", "asks the running processes to compute cells anew from the records",
                           [&](CLI::App& app) {
                             app.add_option("--dsn", flags.rebuild_dsn, "as for serve")->required();
                             app.add_option("--prefix", flags.rebuild_prefix, "of division codes; default: all towns");
                           },
                           [&] { return RequestRebuilds(flags); }};
  return service::RunProgram(
      argc, argv,
      {.name = "zhenhui-reporting",
       .description = "Rolls up what towns record, and answers queries from memory.",
       .schema = reporting::ReportingSchema(),
       .add_flags = [&](CLI::App& serve) { AddServeFlags(serve, flags); },
       .create = [&](const service::Config& config, const service::ServeFlags&) { return Create(config, flags); },
       .extra_commands = {std::move(rebuild)}});
}
