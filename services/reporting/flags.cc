#include "services/reporting/flags.h"

#include <utility>

#include "common/log/log.h"
#include "common/process/secrets.h"
#include "common/status/status_macros.h"
#include "services/reporting/service.h"

namespace zhenhui::reporting {
namespace {

// Read for each call, so that a token can be renewed without a restart; the calls are rare.
std::string Token(const std::string& flag) {
  absl::StatusOr<std::string> token = process::ResolveSecret(flag);
  if (token.ok()) return *std::move(token);
  log::Error("token not read", {{"why", std::string(token.status().message())}});
  return "";
}

}  // namespace

void AddServeFlags(CLI::App& serve, Flags& flags) {
  serve.add_option("--activities", flags.activities, "address of the activities service")->required();
  serve.add_option("--townships", flags.townships, "address of the townships service")->required();
  serve.add_option("--token", flags.token, "token of role job; @FILE reads it, again for each call")
      ->required();
  serve.add_flag("--upstream-tls", flags.tls.enabled, "both addresses speak TLS");
  serve.add_option("--upstream-ca", flags.tls.ca_file, "PEM of their authority; default: the system's");
  serve.add_option("--upstream-certificate", flags.tls.certificate_file, "PEM chain to show them");
  serve.add_option("--upstream-key", flags.tls.key_file, "PEM key of that certificate");
  serve.add_option("--metrics-file", flags.metrics_file, "a metrics.json instead of the built-in one");
  serve.add_option("--report-templates", flags.report_templates,
                   "folder of report templates instead of the built-in ones of the same name");
  serve.add_option("--scope", flags.scope, "prefix of division codes to follow; default: the token's scope");
  serve.add_option("--flush-interval-ms", flags.flush_ms, "between two flushes")
      ->check(CLI::Range(10, 60'000));
  serve.add_option("--verify-interval-ms", flags.verify_ms, "between two verified towns; 0: never");
}

absl::StatusOr<std::unique_ptr<service::HostedService>> Create(const service::Config& config,
                                                               const Flags& flags) {
  const rpc::ChannelOptions channel{.tls = flags.tls,
                                    .token = [token = flags.token] { return Token(token); }};
  RETURN_IF_ERROR(process::ResolveSecret(flags.token).status());
  Options options;
  options.scope = flags.scope;
  options.report_templates = flags.report_templates;
  options.flush_interval = absl::Milliseconds(flags.flush_ms);
  options.verify_interval = absl::Milliseconds(flags.verify_ms);
  ASSIGN_OR_RETURN(options.activities, rpc::Connect(flags.activities, channel));
  ASSIGN_OR_RETURN(options.townships, rpc::Connect(flags.townships, channel));
  if (!flags.metrics_file.empty()) {
    ASSIGN_OR_RETURN(options.metrics_json, process::ReadSmallFile(flags.metrics_file));
  }
  return CreateService(config, options);
}

}  // namespace zhenhui::reporting
