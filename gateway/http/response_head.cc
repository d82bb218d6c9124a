#include "gateway/http/response_head.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/time.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::http {
namespace {

constexpr std::array<std::pair<int, std::string_view>, 29> kPhrases = {{
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {499, "Client Closed Request"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
}};

bool IsSafe(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

// Those that only the server can state truly.
bool IsServers(std::string_view name) {
  for (const absl::string_view own :
       {"content-length", "transfer-encoding", "connection", "date", "x-request-id", "keep-alive"}) {
    if (absl::EqualsIgnoreCase(Absl(name), own)) return true;
  }
  return false;
}

void AppendLine(std::string_view name, std::string_view value, std::string* out) {
  absl::StrAppend(out, Absl(name), ": ", Absl(value), "\r\n");
}

}  // namespace

std::string_view ReasonPhrase(int status) {
  for (const auto& [code, phrase] : kPhrases) {
    if (code == status) return phrase;
  }
  return "Unknown";
}

std::string HttpDate(std::int64_t unix_seconds) {
  return absl::FormatTime("%a, %d %b %Y %H:%M:%S GMT", absl::FromUnixSeconds(unix_seconds),
                          absl::UTCTimeZone());
}

std::string WriteHead(const ResponseHead& head) {
  std::string out;
  out.reserve(1024);
  absl::StrAppend(&out, "HTTP/1.1 ", head.status, " ", Absl(ReasonPhrase(head.status)), "\r\n");
  for (const auto& [name, value] : head.headers->lines()) {
    if (IsSafe(name) && IsSafe(value) && !name.empty() && !IsServers(name)) AppendLine(name, value, &out);
  }
  for (const auto& [name, value] : head.always->lines()) {
    if (!head.headers->Has(name)) AppendLine(name, value, &out);
  }
  AppendLine("date", head.date, &out);
  AppendLine("x-request-id", head.request_id, &out);
  if (head.gzip) AppendLine("content-encoding", "gzip", &out);
  if (head.varies) AppendLine("vary", "accept-encoding", &out);
  if (head.content_length) absl::StrAppend(&out, "content-length: ", *head.content_length, "\r\n");
  if (head.chunked) AppendLine("transfer-encoding", "chunked", &out);
  if (head.close) {
    AppendLine("connection", "close", &out);
  } else if (head.http10) {
    AppendLine("connection", "keep-alive", &out);
  }
  out.append("\r\n");
  return out;
}

}  // namespace zhenhui::gateway::http
