#include "tests/testing/test_tokens.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/time/clock.h"

namespace zhenhui::testing {

const auth::KeyPair& TestKeys() {
  static const auto* const keys = new auth::KeyPair(auth::GenerateKeyPair().value());
  return *keys;
}

std::shared_ptr<const auth::TokenVerifier> TestVerifier() {
  static const SystemClock clock;
  static const auto* const verifier = new std::shared_ptr<const auth::TokenVerifier>(
      auth::TokenVerifier::Create({TestKeys().public_pem}, clock).value());
  return *verifier;
}

std::string TokenUntil(auth::Role role, std::string_view scope, absl::Time expires) {
  static const auto* const signer =
      new auth::TokenSigner(auth::TokenSigner::Create(TestKeys().private_pem).value());
  const absl::Time signed_at = std::min(absl::Now(), expires - absl::Hours(1));
  return signer->Sign({"test", role, std::string(scope), expires}, signed_at).value();
}

std::string Token(auth::Role role, std::string_view scope, std::string_view subject) {
  const auth::TokenSigner signer = auth::TokenSigner::Create(TestKeys().private_pem).value();
  const absl::Time now = absl::Now();
  return signer.Sign({std::string(subject), role, std::string(scope), now + absl::Hours(1)}, now).value();
}

}  // namespace zhenhui::testing
