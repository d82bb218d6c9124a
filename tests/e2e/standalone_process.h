#pragma once
#include <memory>
#include <string>
#include <vector>

#include "tests/e2e/program.h"

namespace zhenhui::e2e {

// A running zhenhui-standalone, and the command line that talks to it.
class StandaloneProcess {
 public:
  // `place` is {"--data-dir", DIR} or {"--dsn", DSN, "--keys-dir", DIR}; `keys` is the folder of its keys.
  // Returns at once; `scratch` is where its log and ready file go.
  StandaloneProcess(const std::vector<std::string>& place, std::string keys, const TempFolder& scratch);

  // Waits until it says that it is ready. False when it ended, or took longer than a minute.
  bool AwaitReady();
  // Waits until it listens, ready or not: then the port is known.
  bool AwaitListening();

  Program& program() { return *program_; }
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string keys() const { return keys_; }
  std::string log() const { return ReadFile(log_); }

  // `zhenhui ARGUMENTS...` as the first administrator, in English.
  Outcome Cli(const std::vector<std::string>& arguments) const;
  // The same with a token of its own.
  Outcome CliAs(const std::string& role, const std::string& scope,
                const std::vector<std::string>& arguments) const;

  // The health service's answer for one service; 0 when there is none. 1 is SERVING, 2 is NOT_SERVING.
  int Health(const std::string& service) const;

 private:
  Outcome CliWith(const std::string& token_file, const std::vector<std::string>& arguments) const;

  const std::string keys_;
  const std::string log_;
  const std::string ready_file_;
  const std::string state_;
  int port_ = 0;
  std::unique_ptr<Program> program_;
};

// The process id of the PostgreSQL in a data folder; 0 when none is noted.
pid_t PostgresOf(const std::string& data_dir);

}  // namespace zhenhui::e2e
