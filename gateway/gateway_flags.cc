#include "gateway/gateway_flags.h"

namespace zhenhui::gateway {
namespace {

void AddUpstreamFlags(CLI::App& app, GatewayFlags& flags) {
  app.add_option("--townships", flags.townships, "address of the townships service: dns:///townships:50051")
      ->required();
  app.add_option("--activities", flags.activities, "address of the activities service")->required();
  app.add_option("--reporting", flags.reporting, "address of the reporting service")->required();
  app.add_flag("--upstream-tls", flags.upstream_tls.enabled, "speak TLS to the services");
  app.add_option("--upstream-ca", flags.upstream_tls.ca_file,
                 "PEM of their authority; default: the system's");
  CLI::Option* certificate = app.add_option("--upstream-certificate", flags.upstream_tls.certificate_file,
                                            "PEM chain to show them (mutual TLS)");
  CLI::Option* key =
      app.add_option("--upstream-key", flags.upstream_tls.key_file, "PEM key of that certificate");
  certificate->needs(key);
  key->needs(certificate);
  app.add_option("--descriptors", flags.descriptor_file,
                 "FileDescriptorSet of the services; default: as this program was built");
}

void AddLimitFlags(CLI::App& app, GatewayOptions& options) {
  app.add_option("--max-connections", options.limits.connections, "more are refused with 503")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  app.add_option("--max-body-bytes", options.limits.body_bytes, "larger requests are refused with 413")
      ->capture_default_str();
  app.add_option("--rate", options.sessions.calls.per_second, "calls a second of one person; 0: any number")
      ->capture_default_str();
  app.add_option("--burst", options.sessions.calls.burst, "... and at once")->capture_default_str();
  app.add_option("--http-threads", options.threads, "threads; 0: one for each core, 8 at most")
      ->capture_default_str()
      ->check(CLI::Range(0, 64));
}

}  // namespace

void AddFlags(CLI::App& app, GatewayFlags& flags) {
  GatewayOptions& options = flags.options;
  app.add_option("--listen", options.address, "numeric address and port; port 0 picks a free one")
      ->capture_default_str();
  CLI::Option* certificate =
      app.add_option("--tls-certificate", options.tls.certificate, "PEM chain of this server");
  CLI::Option* key = app.add_option("--tls-key", options.tls.key, "PEM key of this server");
  certificate->needs(key);
  key->needs(certificate);
  app.add_flag(
      "--behind-proxy", options.behind_proxy,
      "a trusted proxy sets x-forwarded-for and x-forwarded-proto; without one this lets clients lie");
  app.add_option("--dashboard", options.dashboard, "folder of the built dashboard; default: none");
  app.add_option("--auth-public-key", flags.public_key_files,
                 "PEM file of a key that signs tokens; repeatable")
      ->required();
  AddUpstreamFlags(app, flags);
  AddLimitFlags(app, options);
  app.add_option("--metrics-listen", flags.metrics_listen, "address and port of /metrics; default: none");
  app.add_option("--log-level", flags.log_level, "debug, info, warning or error")->capture_default_str();
  app.add_option("--ready-file", flags.ready_file, "written with the port once the gateway listens");
  app.add_option("--notice-seconds", flags.notice_seconds,
                 "how long /readyz says no before the gateway stops")
      ->capture_default_str();
  app.add_option("--grace-seconds", flags.grace_seconds, "how long requests in hand may then take")
      ->capture_default_str();
}

}  // namespace zhenhui::gateway
