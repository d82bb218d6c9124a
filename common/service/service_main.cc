#include "common/service/service_main.h"

#include <fstream>

#include "absl/strings/str_cat.h"
#include "common/auth/keys.h"
#include "common/db/statement.h"
#include "common/log/log.h"
#include "common/metrics/exposer.h"
#include "common/metrics/timers.h"
#include "common/process/secrets.h"
#include "common/process/signals.h"
#include "common/rpc/server.h"
#include "common/status/status_macros.h"

namespace zhenhui::service {
namespace {

constexpr absl::Duration kGrace = absl::Seconds(20);

void AddServeFlags(CLI::App& serve, ServeFlags& flags) {
  serve.add_option("--dsn", flags.dsn, "PostgreSQL of this service's role; @FILE reads it from a file")
      ->required();
  serve.add_option("--listen", flags.listen, "address and port; port 0 picks a free one")
      ->capture_default_str();
  serve.add_option("--metrics-listen", flags.metrics_listen, "address and port of /metrics; default: none");
  serve
      .add_option("--auth-public-key", flags.public_key_files,
                  "PEM file of a key that signs tokens; repeatable")
      ->required();
  serve.add_option("--tls-certificate", flags.tls_certificate, "PEM chain of this server");
  serve.add_option("--tls-key", flags.tls_key, "PEM key of this server");
  serve.add_option("--tls-client-ca", flags.tls_client_ca,
                   "clients must show a certificate of this authority");
  serve.add_option("--log-level", flags.log_level, "debug, info, warning or error")->capture_default_str();
  serve.add_option("--ready-file", flags.ready_file, "written with the port once the server listens");
  serve.add_option("--pool-size", flags.pool_size, "database connections")
      ->capture_default_str()
      ->check(CLI::Range(1, 200));
  serve.add_option("--threads", flags.threads, "threads for database work")
      ->capture_default_str()
      ->check(CLI::Range(1, 200));
  serve.add_option("--queue-limit", flags.queue_limit, "calls that may wait for a thread")
      ->capture_default_str();
}

absl::StatusOr<std::shared_ptr<const auth::TokenVerifier>> MakeVerifier(const ServeFlags& flags,
                                                                        const Clock& clock) {
  ASSIGN_OR_RETURN(const auto pems,
                   auth::LoadPublicKeys({flags.public_key_files.begin(), flags.public_key_files.end()}));
  return auth::TokenVerifier::Create(pems, clock);
}

void ObserveStatements(metrics::Timers& timers) {
  db::SetStatementObserver([&timers](std::string_view name, std::chrono::nanoseconds took, bool ok) {
    timers.Record(name, ok ? absl::StatusCode::kOk : absl::StatusCode::kUnknown, took);
  });
}

absl::Status WriteReadyFile(const std::string& path, int port) {
  if (path.empty()) return absl::OkStatus();
  std::ofstream(path + ".new") << port << "\n";
  if (std::rename((path + ".new").c_str(), path.c_str()) != 0) {
    return absl::InternalError(absl::StrCat("cannot write ", path));
  }
  return absl::OkStatus();
}

absl::Status Serve(const Program& program, const ServeFlags& flags, const sigset_t& stop) {
  RETURN_IF_ERROR(log::SetLevelByName(flags.log_level));
  const SystemClock clock;
  metrics::Registry registry;
  metrics::Timers rpcs(registry, "zhenhui_rpc", "method", "RPCs by method and outcome");
  metrics::Timers statements(registry, "zhenhui_sql", "statement", "SQL statements by name and outcome");
  ObserveStatements(statements);

  Config config{.dsn = "",
                .pool_size = flags.pool_size,
                .threads = flags.threads,
                .queue_limit = flags.queue_limit,
                .clock = &clock,
                .verifier = nullptr,
                .metrics = &registry};
  ASSIGN_OR_RETURN(config.verifier, MakeVerifier(flags, clock));
  ASSIGN_OR_RETURN(const std::string dsn, process::ResolveSecret(flags.dsn));
  ASSIGN_OR_RETURN(config.dsn, ServiceDsn(dsn, program.schema));
  ASSIGN_OR_RETURN(const std::unique_ptr<HostedService> service, program.create(config, flags));

  rpc::Server server({.address = flags.listen,
                      .tls = {flags.tls_certificate, flags.tls_key, flags.tls_client_ca},
                      .timers = &rpcs},
                     service->hosted());
  ASSIGN_OR_RETURN(const int port, server.Start());
  std::unique_ptr<metrics::Exposer> exposer;
  if (!flags.metrics_listen.empty()) {
    ASSIGN_OR_RETURN(exposer, metrics::Exposer::Start(flags.metrics_listen, registry));
  }
  service->Start([&](bool serving) { SetServing(server, *service, serving); });
  RETURN_IF_ERROR(WriteReadyFile(flags.ready_file, port));
  log::Info("listening", {{"program", program.name}, {"port", port}});

  const int signal = process::WaitForStop(stop);
  log::Info("stopping", {{"program", program.name}, {"signal", signal}});
  service->Stop();
  server.Shutdown(kGrace);
  db::SetStatementObserver({});
  return absl::OkStatus();
}

absl::Status RunMigrate(const Program& program, const std::string& dsn_flag, const std::string& role) {
  ASSIGN_OR_RETURN(const std::string dsn, process::ResolveSecret(dsn_flag));
  ASSIGN_OR_RETURN(const int applied, Migrate(dsn, program.schema, role));
  log::Info("migrated", {{"schema", program.schema.name}, {"applied", applied}});
  return absl::OkStatus();
}

}  // namespace

int RunProgram(int argc, char** argv, const Program& program) {
  const sigset_t stop = process::BlockStopSignals();
  CLI::App app(program.description, program.name);
  app.require_subcommand(1);
  ServeFlags flags;
  CLI::App& serve = *app.add_subcommand("serve", "serves until SIGTERM");
  AddServeFlags(serve, flags);
  if (program.add_flags) program.add_flags(serve);
  std::string owner_dsn;
  std::string role;
  CLI::App& migrate =
      *app.add_subcommand("migrate", "brings the schema to the newest version and grants the role");
  migrate.add_option("--dsn", owner_dsn, "PostgreSQL of the schema's owner; @FILE reads it from a file")
      ->required();
  migrate.add_option("--grant-to", role, "the login role that `serve` uses");
  for (const Command& command : program.extra_commands) {
    command.add_flags(*app.add_subcommand(command.name, command.description));
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  const absl::Status status = [&] {
    for (const Command& command : program.extra_commands) {
      if (app.got_subcommand(command.name)) return command.run();
    }
    return migrate.parsed() ? RunMigrate(program, owner_dsn, role) : Serve(program, flags, stop);
  }();
  if (status.ok()) return 0;
  log::Error("failed", {{"program", program.name}, {"why", status.ToString()}});
  return 1;
}

}  // namespace zhenhui::service
