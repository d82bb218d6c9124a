#pragma once
#include <csignal>
#include <string>

#include "absl/status/status.h"
#include "common/rpc/server.h"
#include "services/standalone/http_front.h"

namespace zhenhui::standalone {

// What the command line said. Exactly one of data_dir and dsn is given.
struct Flags {
  std::string data_dir;  // keys, PostgreSQL and its data
  std::string dsn;       // of an existing PostgreSQL; may be "@/path/to/file"
  std::string keys_dir;  // with dsn: where the keys are
  std::string listen = "127.0.0.1:7460";
  int metrics_port = -1;   // on loopback; negative: none, 0: a free one
  std::string ready_file;  // written with the port once all services serve
  std::string log_level = "info";
  rpc::ServerTls tls;
  HttpFlags http;
};

// Serves until one of the blocked `stop` signals arrives, then stops everything in order. Prints one line on
// standard output once all services serve, and a second one with the address for browsers.
absl::Status Run(const Flags& flags, const sigset_t& stop);

}  // namespace zhenhui::standalone
