#include "gateway/http/errors.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/absl_view.h"
#include "common/text/utf8.h"

namespace zhenhui::gateway::http {

std::string JsonString(std::string_view text) {
  std::string out = "\"";
  for (const char c : IsValidUtf8(text) ? text : std::string_view("\xEF\xBF\xBD")) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out.push_back('\\');
      out.push_back(c);
    } else if (byte < 0x20 || byte == 0x7f) {
      absl::StrAppendFormat(&out, "\\u%04x", byte);
    } else {
      out.push_back(c);
    }
  }
  out.push_back('"');
  return out;
}

Response ErrorAnswer(const Problem& problem, int retry_after_seconds) {
  const std::string message = absl::StrCat(Absl(problem.message_zh), " / ", Absl(problem.message_en));
  Response response{.status = problem.http_status,
                    .headers = {{"content-type", "application/json; charset=utf-8"}}};
  response.body = absl::StrCat(R"({"error":{"code":)", problem.http_status, R"(,"message":)",
                               JsonString(message), R"(,"status":)", JsonString(problem.status),
                               R"(,"details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":)",
                               JsonString(problem.reason), R"(,"domain":"zhenhui"}]}})");
  if (retry_after_seconds > 0) response.headers.Add("retry-after", std::to_string(retry_after_seconds));
  return response;
}

}  // namespace zhenhui::gateway::http
