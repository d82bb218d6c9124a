#pragma once
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <google/protobuf/message.h>

#include "absl/status/statusor.h"
#include "clients/zhenhui/client/connection.h"
#include "clients/zhenhui/exit_codes.h"
#include "clients/zhenhui/messages/messages.h"
#include "clients/zhenhui/output/table.h"
#include "common/time/clock.h"

namespace zhenhui::cli {

enum class Output { kTable, kJson, kCsv };

struct GlobalOptions {
  std::string server = "127.0.0.1:7460";
  std::string townships;  // empty: `server`
  std::string activities;
  std::string reporting;
  std::string token_file;
  bool tls = false;
  std::string tls_ca;
  std::string tls_cert;
  std::string tls_key;
  std::string output = "table";
  std::string language;
  double timeout_seconds = 30;
  bool quiet = false;
};

// What a command works with. Not thread-safe.
class Context {
 public:
  Context(std::ostream& results, std::ostream& messages, bool terminal, const Clock& time)
      : out(results), err(messages), err_is_terminal(terminal), clock(time) {}

  std::ostream& out;  // results
  std::ostream& err;  // messages
  const bool err_is_terminal;
  const Clock& clock;
  GlobalOptions options;
  std::function<int()> action;  // set by the command that was given; returns the exit code

  Output output() const;
  Language language() const { return ChooseLanguage(options.language); }
  bool chinese() const { return language() == Language::kChinese; }
  std::string T(Msg id, const std::vector<std::string>& arguments = {}) const {
    return Text(language(), id, arguments);
  }

  // The connection, made on first use.
  absl::StatusOr<Connection*> Connect();
  // The caller's scope as the token says it, for defaults; empty without a token.
  std::string Scope();

  // A note for a person on standard error; not with --quiet.
  void Note(const std::string& text) const;
  // Prints an error with its reason and advice, and says which exit code it means.
  int Fail(const absl::Status& status) const;
  // Prints an error of the command line itself.
  int Usage(const std::string& text) const;

  // Prints as --output says: the table, or the answer as proto JSON.
  void Print(const Table& table, const google::protobuf::Message& answer) const;
  void PrintJson(const google::protobuf::Message& answer) const;

 private:
  absl::StatusOr<std::string> Token() const;

  std::unique_ptr<Connection> connection_;
};

}  // namespace zhenhui::cli
