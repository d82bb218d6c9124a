#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "absl/status/statusor.h"
#include "common/rpc/channel.h"
#include "common/service/hosted_service.h"

namespace zhenhui::service {

// What the flags that all services share have said.
struct ServeFlags {
  std::string dsn;  // may be "@/path/to/file"
  std::string listen = "127.0.0.1:0";
  std::string metrics_listen;  // empty: no exposer
  std::vector<std::string> public_key_files;
  std::string tls_certificate;
  std::string tls_key;
  std::string tls_client_ca;
  std::string log_level = "info";
  std::string ready_file;  // written with the port once the server listens
  int pool_size = 8;
  int threads = 8;
  size_t queue_limit = 256;
};

// A subcommand of one service's own.
struct Command {
  std::string name;
  std::string description;
  std::function<void(CLI::App& command)> add_flags;
  std::function<absl::Status()> run;
};

// One service as a program with the subcommands `serve` and `migrate`.
struct Program {
  std::string name;         // "zhenhui-townships"
  std::string description;  // one sentence
  Schema schema;
  // More flags of `serve`; may be empty.
  std::function<void(CLI::App& serve)> add_flags;
  std::function<absl::StatusOr<std::unique_ptr<HostedService>>(const Config& config, const ServeFlags& flags)>
      create;
  std::vector<Command> extra_commands = {};
};

// Parses the command line and runs until SIGTERM or SIGINT, then drains. Exit codes: 0 stopped or migrated, 1
// failed (the reason is logged), 2 usage.
int RunProgram(int argc, char** argv, const Program& program);

}  // namespace zhenhui::service
