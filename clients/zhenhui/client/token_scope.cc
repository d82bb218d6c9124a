#include "clients/zhenhui/client/token_scope.h"

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"

namespace zhenhui::cli {

std::string ScopeOfToken(const std::string& token) {
  const size_t begin = token.find('.');
  const size_t end = begin == std::string::npos ? begin : token.find('.', begin + 1);
  std::string payload;
  if (end == std::string::npos ||
      !absl::WebSafeBase64Unescape(token.substr(begin + 1, end - begin - 1), &payload)) {
    return "";
  }
  const nlohmann::json claims = nlohmann::json::parse(payload, nullptr, /*allow_exceptions=*/false);
  if (!claims.is_object() || !claims.contains("scope") || !claims["scope"].is_string()) return "";
  return claims["scope"].get<std::string>();
}

}  // namespace zhenhui::cli
