#include "clients/zhenhui/context.h"

#include <google/protobuf/util/json_util.h>

#include <cstdlib>

#include "absl/strings/strip.h"
#include "clients/zhenhui/client/token_scope.h"
#include "clients/zhenhui/input/normalise.h"
#include "common/process/secrets.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::cli {
namespace {

int ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kCancelled:
      // A changed record does not mend by running again.
      return ReasonOf(status) == "ETAG_MISMATCH" || ReasonOf(status) == "FIGURES_CHANGED" ? kExitRefused
                                                                                          : kExitUnavailable;
    default:
      break;
  }
  for (const char* reason : {"FILE_NOT_FOUND", "FILE_UNREADABLE", "FILE_UNWRITABLE", "FILE_IS_WORKBOOK",
                             "HEADER_MISSING", "FILE_EMPTY", "ENCODING_MALFORMED", "UNKNOWN_ENCODING",
                             "UNKNOWN_COLUMNS", "REPEATED_COLUMNS", "COLUMN_MISSING", "USAGE"}) {
    if (ReasonOf(status) == reason) return kExitUsage;
  }
  return kExitRefused;
}

}  // namespace

Output Context::output() const {
  if (options.output == "json") return Output::kJson;
  return options.output == "csv" ? Output::kCsv : Output::kTable;
}

absl::StatusOr<std::string> Context::Token() const {
  if (options.token_file.empty()) {
    const char* token = std::getenv("ZHENHUI_TOKEN");
    return Trim(token == nullptr ? "" : token);
  }
  const auto token = process::ReadSmallFile(options.token_file, 64 << 10);
  if (!token.ok()) return Error(absl::StatusCode::kNotFound, "FILE_UNREADABLE", options.token_file);
  return Trim(*token);
}

std::string Context::Scope() {
  const auto token = Token();
  return token.ok() ? ScopeOfToken(*token) : "";
}

absl::StatusOr<Connection*> Context::Connect() {
  if (connection_ != nullptr) return connection_.get();
  ConnectionOptions connection;
  const auto address = [this](const std::string& own) { return own.empty() ? options.server : own; };
  connection.townships = address(options.townships);
  connection.activities = address(options.activities);
  connection.reporting = address(options.reporting);
  connection.tls.enabled = options.tls || !options.tls_ca.empty() || !options.tls_cert.empty();
  connection.tls.ca_file = options.tls_ca;
  connection.tls.certificate_file = options.tls_cert;
  connection.tls.key_file = options.tls_key;
  connection.timeout = absl::Seconds(options.timeout_seconds);
  ASSIGN_OR_RETURN(connection.token, Token());
  ASSIGN_OR_RETURN(connection_, Connection::Create(connection));
  return connection_.get();
}

void Context::Note(const std::string& text) const {
  if (!options.quiet) err << text << '\n';
}

int Context::Fail(const absl::Status& status) const {
  const std::string reason = ReasonOf(status);
  const auto advice = Advice(language(), reason);
  std::string text = T(Msg::kErrorPrefix);
  if (advice.has_value()) text += *advice + (chinese() ? "。" : ". ");
  // A method that the server does not have answers with a bare code.
  text += status.message().empty() ? absl::StatusCodeToString(status.code()) : std::string(status.message());
  if (!reason.empty()) text += " [" + reason + "]";
  err << text << '\n';
  for (const FieldViolation& violation : ViolationsOf(status)) {
    err << "  " << violation.field << ": " << violation.description << '\n';
  }
  const int code = ExitCodeOf(status);
  if (reason == "UNKNOWN_COLUMNS") Note(T(Msg::kIgnoreColumns));
  if (absl::IsUnauthenticated(status)) Note(T(Msg::kHintLogin));
  if (code == kExitUnavailable) Note(T(Msg::kSafeAgain));
  return code;
}

int Context::Usage(const std::string& text) const {
  err << T(Msg::kErrorPrefix) << text << '\n';
  return kExitUsage;
}

void Context::Print(const Table& table, const google::protobuf::Message& answer) const {
  if (output() == Output::kJson) {
    PrintJson(answer);
  } else if (output() == Output::kCsv) {
    table.PrintCsv(out);
  } else {
    table.Print(out);
  }
}

void Context::PrintJson(const google::protobuf::Message& answer) const {
  google::protobuf::util::JsonPrintOptions json;
  json.add_whitespace = true;
  std::string text;
  // Fails only for a message with an Any of unknown type, and our answers have none.
  if (google::protobuf::util::MessageToJsonString(answer, &text, json).ok()) out << text;
}

}  // namespace zhenhui::cli
