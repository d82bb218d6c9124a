#include "common/auth/jwt.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <system_error>
#include <utility>

#include <jwt/jwt.hpp>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"

namespace zhenhui::auth {
namespace {

using Json = nlohmann::json;

absl::Status Refused(std::string_view reason, std::string_view message) {
  return Error(absl::StatusCode::kUnauthenticated, reason, message);
}

absl::Status Malformed() {
  return Refused("TOKEN_MALFORMED", "the bearer token is not a signed JSON web token");
}

std::optional<std::string> DecodeBase64Url(std::string_view text) {
  std::string bytes;
  if (!absl::WebSafeBase64Unescape(Absl(text), &bytes)) return std::nullopt;
  // One spelling for each value: otherwise a changed last letter could still decode to the same bytes.
  if (absl::WebSafeBase64Escape(bytes) != Absl(text)) return std::nullopt;
  return bytes;
}

// The JSON object in one part of a token; discarded when there is none.
Json DecodeObject(std::string_view part) {
  const std::optional<std::string> text = DecodeBase64Url(part);
  if (!text) return Json(Json::value_t::discarded);
  Json object = Json::parse(*text, nullptr, /*allow_exceptions=*/false);
  return object.is_object() ? object : Json(Json::value_t::discarded);
}

std::string TextOf(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Whole seconds since 1970, below the year 10000: a wilder number would overflow somewhere later.
std::optional<absl::Time> TimeOf(const Json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return std::nullopt;
  const auto seconds = found->get<std::int64_t>();
  if (seconds < 0 || seconds > 253402300799) return std::nullopt;
  return absl::FromUnixSeconds(seconds);
}

struct Parts {
  std::string_view header, payload, signature;
};

std::optional<Parts> Split(std::string_view token) {
  const std::size_t first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const std::size_t second = token.find('.', first + 1);
  if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
    return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1), token.substr(second + 1)};
}

jwt::string_view View(std::string_view text) { return jwt::string_view(text.data(), text.size()); }

// cpp-jwt checks signatures only; its own check of "exp" knows just the system's clock and parses leniently.
bool SignatureFits(const std::string& public_pem, std::string_view token, const Parts& parts) {
  const jwt::jwt_header header(jwt::algorithm::ES256);
  const std::string_view signed_part = token.substr(0, parts.header.size() + 1 + parts.payload.size());
  try {
    const jwt::verify_result_t result =
        jwt::jwt_signature(View(public_pem)).verify(header, View(signed_part), View(parts.signature));
    return result.first && !result.second;
  } catch (const std::exception&) {
    return false;
  }
}

absl::StatusOr<Claims> ReadClaims(const Json& payload, absl::Time now, absl::Duration skew) {
  const std::optional<Role> role = ParseRole(TextOf(payload, "role"));
  Claims claims{TextOf(payload, "sub"), role.value_or(Role::kReporter), TextOf(payload, "scope")};
  const std::optional<absl::Time> expires = TimeOf(payload, "exp");
  const std::optional<absl::Time> not_before = TimeOf(payload, "nbf");
  if (TextOf(payload, "iss") != kIssuer) return Refused("TOKEN_CLAIMS", "the token's issuer is not zhenhui");
  if (claims.subject.empty()) return Refused("TOKEN_CLAIMS", "the token names no subject");
  if (!role) return Refused("TOKEN_CLAIMS", "the token has no role that is known here");
  if (!IsScope(claims.scope))
    return Refused("TOKEN_CLAIMS", "the token's scope is no division code and not \"*\"");
  if (!expires || !not_before) return Refused("TOKEN_CLAIMS", "the token lacks its times (nbf, exp)");
  if (*not_before > now + skew) return Refused("TOKEN_CLAIMS", "the token is not valid yet");
  if (*expires <= now) return Refused("TOKEN_EXPIRED", "the token has expired; get a new one");
  claims.expires = *expires;
  return claims;
}

}  // namespace

TokenSigner::TokenSigner(std::string private_pem, std::string kid)
    : private_pem_(std::move(private_pem)), kid_(std::move(kid)) {}

absl::StatusOr<TokenSigner> TokenSigner::Create(std::string private_pem) {
  ASSIGN_OR_RETURN(const std::string public_pem, PublicKeyOf(private_pem));
  ASSIGN_OR_RETURN(std::string kid, KeyId(public_pem));
  return TokenSigner(std::move(private_pem), std::move(kid));
}

absl::StatusOr<std::string> TokenSigner::Sign(const Claims& claims, absl::Time now) const {
  if (claims.subject.empty()) return absl::InvalidArgumentError("a token needs a subject");
  if (!IsScope(claims.scope))
    return absl::InvalidArgumentError("a token's scope is \"*\" or a division code");
  if (claims.expires <= now) return absl::InvalidArgumentError("a token must expire in the future");
  try {
    const jwt::string_view role = View(RoleName(claims.role));
    jwt::jwt_object token{jwt::params::algorithm("ES256"), jwt::params::secret(private_pem_),
                          jwt::params::headers({{"kid", kid_}})};
    token.add_claim("iss", View(kIssuer))
        .add_claim("sub", claims.subject)
        .add_claim("role", role)
        .add_claim("scope", claims.scope)
        .add_claim("iat", absl::ToUnixSeconds(now))
        .add_claim("nbf", absl::ToUnixSeconds(now))
        .add_claim("exp", absl::ToUnixSeconds(claims.expires));
    std::error_code error;
    std::string text = token.signature(error);
    if (error) return absl::InternalError("the token could not be signed");
    return text;
  } catch (const std::exception&) {
    return absl::InternalError("the token could not be signed");
  }
}

TokenVerifier::TokenVerifier(std::unordered_map<std::string, std::string> keys, const Clock& clock,
                             Options options)
    : keys_(std::move(keys)), clock_(clock), options_(options) {}

absl::StatusOr<std::shared_ptr<const TokenVerifier>> TokenVerifier::Create(
    const std::vector<std::string>& public_pems, const Clock& clock, Options options) {
  if (public_pems.empty())
    return absl::InvalidArgumentError("at least one public key is needed to check tokens");
  std::unordered_map<std::string, std::string> keys;
  for (const std::string& pem : public_pems) {
    ASSIGN_OR_RETURN(const std::string kid, KeyId(pem));
    keys.emplace(kid, pem);
  }
  return std::shared_ptr<const TokenVerifier>(new TokenVerifier(std::move(keys), clock, options));
}

absl::StatusOr<Claims> TokenVerifier::Verify(std::string_view token) const {
  if (token.empty()) return Refused("TOKEN_MISSING", "send the header \"authorization: Bearer <token>\"");
  if (token.size() > kMaxTokenBytes) return Malformed();
  const absl::Time now = clock_.Now();
  {
    std::shared_lock lock(mu_);
    const auto known = cache_.find(token);
    if (known != cache_.end() && known->second.expires > now) return known->second;
  }
  ASSIGN_OR_RETURN(Claims claims, VerifyUncached(token, now));
  std::unique_lock lock(mu_);
  // Rare enough that a full reset is cheaper than keeping an order of use for every hit.
  if (cache_.size() >= options_.cache_capacity) cache_.clear();
  cache_.emplace(token, claims);
  return claims;
}

absl::StatusOr<Claims> TokenVerifier::VerifyUncached(std::string_view token, absl::Time now) const {
  const std::optional<Parts> parts = Split(token);
  if (!parts) return Malformed();
  const Json header = DecodeObject(parts->header);
  const Json payload = DecodeObject(parts->payload);
  const std::optional<std::string> signature = DecodeBase64Url(parts->signature);
  if (header.is_discarded() || payload.is_discarded() || !signature) return Malformed();
  // The algorithm is ours to choose and never the token's: "none" and HS256 are the classic attacks.
  if (TextOf(header, "alg") != "ES256")
    return Refused("TOKEN_SIGNATURE", "only tokens signed with ES256 are accepted");
  const auto key = keys_.find(TextOf(header, "kid"));
  if (key == keys_.end())
    return Refused("TOKEN_SIGNATURE", "the token was signed with a key that is not trusted here");
  if (!SignatureFits(key->second, token, *parts)) {
    return Refused("TOKEN_SIGNATURE", "the token's signature does not fit its content");
  }
  return ReadClaims(payload, now, options_.clock_skew);
}

std::size_t TokenVerifier::CacheSize() const {
  std::shared_lock lock(mu_);
  return cache_.size();
}

}  // namespace zhenhui::auth
