#include "gateway/session/csrf.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>

#include "absl/strings/escaping.h"

namespace zhenhui::gateway::session {
namespace {

constexpr std::string_view kPurpose = "zhenhui csrf 1";

}  // namespace

std::string CsrfToken(std::string_view session_token) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned int size = 0;
  HMAC(EVP_sha256(), session_token.data(), static_cast<int>(session_token.size()),
       reinterpret_cast<const unsigned char*>(kPurpose.data()), kPurpose.size(), digest.data(), &size);
  return absl::WebSafeBase64Escape(absl::string_view(reinterpret_cast<const char*>(digest.data()), size));
}

bool CsrfMatches(std::string_view session_token, std::string_view sent) {
  const std::string expected = CsrfToken(session_token);
  return sent.size() == expected.size() && CRYPTO_memcmp(sent.data(), expected.data(), sent.size()) == 0;
}

}  // namespace zhenhui::gateway::session
