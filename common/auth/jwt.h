#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/auth/claims.h"
#include "common/auth/keys.h"
#include "common/time/clock.h"

// JSON web tokens, always ES256. Header: {"alg":"ES256","typ":"JWT","kid":...}; claims: iss "zhenhui", sub,
// role, scope, iat, nbf, exp (all required; times in whole seconds since 1970).
namespace zhenhui::auth {

inline constexpr std::string_view kIssuer = "zhenhui";
inline constexpr std::size_t kMaxTokenBytes = 4096;

// Makes tokens. Thread-safe after construction.
class TokenSigner {
 public:
  // `private_pem` is a P-256 private key in PEM, else INVALID_ARGUMENT. The key id is KeyId() of its public
  // half.
  static absl::StatusOr<TokenSigner> Create(std::string private_pem);

  // `claims.expires` must lie after `now`, subject must not be empty, scope must be a scope: else
  // INVALID_ARGUMENT.
  absl::StatusOr<std::string> Sign(const Claims& claims, absl::Time now) const;

 private:
  TokenSigner(std::string private_pem, std::string kid);
  std::string private_pem_;
  std::string kid_;
};

// Checks tokens against several public keys, so that keys can be rotated. Thread-safe.
// A verified token is remembered by its bytes until it expires, because one ES256 check costs 100 us and
// more.
class TokenVerifier {
 public:
  struct Options {
    std::size_t cache_capacity = 20000;             // tokens; the cache is emptied when it is full
    absl::Duration clock_skew = absl::Seconds(30);  // allowed for "nbf" only; expiry is exact
  };

  // At least one P-256 public key in PEM, else INVALID_ARGUMENT. `clock` must outlive the verifier.
  static absl::StatusOr<std::shared_ptr<const TokenVerifier>> Create(
      const std::vector<std::string>& public_pems, const Clock& clock, Options options);
  static absl::StatusOr<std::shared_ptr<const TokenVerifier>> Create(
      const std::vector<std::string>& public_pems, const Clock& clock) {
    return Create(public_pems, clock, Options());
  }

  // `token` without "Bearer ". Errors are UNAUTHENTICATED with reason TOKEN_MISSING (empty), TOKEN_MALFORMED,
  // TOKEN_SIGNATURE (no known key signed it), TOKEN_CLAIMS (issuer, role, scope, not yet valid) or
  // TOKEN_EXPIRED.
  absl::StatusOr<Claims> Verify(std::string_view token) const;

  // Verified tokens in the cache: for metrics and tests.
  std::size_t CacheSize() const;

 private:
  struct KeyHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  using Cache = std::unordered_map<std::string, Claims, KeyHash, std::equal_to<>>;

  TokenVerifier(std::unordered_map<std::string, std::string> keys, const Clock& clock, Options options);
  absl::StatusOr<Claims> VerifyUncached(std::string_view token, absl::Time now) const;

  const std::unordered_map<std::string, std::string> keys_;  // kid -> PEM
  const Clock& clock_;
  const Options options_;
  mutable std::shared_mutex mu_;
  mutable Cache cache_;  // guarded by mu_
};

}  // namespace zhenhui::auth
