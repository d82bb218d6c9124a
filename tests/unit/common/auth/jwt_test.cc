#include "common/auth/jwt.h"

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/matchers.h"

namespace zhenhui::auth {
namespace {

using ::testing::Not;
using ::zhenhui::testing::FakeClock;
using ::zhenhui::testing::HasReason;
using ::zhenhui::testing::IsOk;
using ::zhenhui::testing::StatusIs;

std::string Encode(const nlohmann::json& object) { return absl::WebSafeBase64Escape(object.dump()); }

// JOSE's form of an ECDSA signature: r and s, 32 bytes each.
std::string SignEs256(const std::string& private_pem, const std::string& text) {
  BIO* in = BIO_new_mem_buf(private_pem.data(), static_cast<int>(private_pem.size()));
  EVP_PKEY* key = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  std::vector<unsigned char> der(128);
  std::size_t size = der.size();
  EXPECT_EQ(EVP_DigestSignInit(context, nullptr, EVP_sha256(), nullptr, key), 1);
  EXPECT_EQ(EVP_DigestSign(context, der.data(), &size, reinterpret_cast<const unsigned char*>(text.data()),
                           text.size()),
            1);
  const unsigned char* at = der.data();
  ECDSA_SIG* signature = d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size));
  std::string raw(64, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature), out, 32);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature), out + 32, 32);
  ECDSA_SIG_free(signature);
  EVP_MD_CTX_free(context);
  EVP_PKEY_free(key);
  BIO_free(in);
  return absl::WebSafeBase64Escape(raw);
}

class JwtTest : public ::testing::Test {
 protected:
  JwtTest() : signer_(TokenSigner::Create(keys_.private_pem).value()) {
    verifier_ = TokenVerifier::Create({keys_.public_pem}, clock_, {.cache_capacity = 3}).value();
  }
  std::string Sign(absl::Duration life = absl::Hours(1)) const {
    return signer_.Sign({"clerk", Role::kReporter, "630106101", clock_.Now() + life}, clock_.Now()).value();
  }
  std::vector<std::string> Parts(const std::string& token) const { return absl::StrSplit(token, '.'); }

  const KeyPair keys_ = GenerateKeyPair().value();
  FakeClock clock_;
  const TokenSigner signer_;
  std::shared_ptr<const TokenVerifier> verifier_;
};

TEST_F(JwtTest, SignedTokenGivesItsClaimsBack) {
  const absl::StatusOr<Claims> claims = verifier_->Verify(Sign());
  ASSERT_THAT(claims, IsOk());
  EXPECT_EQ(claims->subject, "clerk");
  EXPECT_EQ(claims->role, Role::kReporter);
  EXPECT_EQ(claims->scope, "630106101");
  EXPECT_EQ(claims->expires, clock_.Now() + absl::Hours(1));
}

TEST_F(JwtTest, TokenOfEveryRoleIsReadBack) {
  for (const Role role : kAllRoles) {
    const std::string token =
        signer_.Sign({"s", role, "*", clock_.Now() + absl::Hours(1)}, clock_.Now()).value();
    const absl::StatusOr<Claims> claims = verifier_->Verify(token);
    ASSERT_THAT(claims, IsOk());
    EXPECT_EQ(claims->role, role);
  }
}

// A letter of the signature carries six bits, so each change of a letter must be noticed, the last one's too.
TEST_F(JwtTest, EveryChangedLetterIsRefused) {
  const std::string token = Sign();
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_THAT(verifier_->Verify(changed), StatusIs(absl::StatusCode::kUnauthenticated)) << "at " << i;
  }
  EXPECT_EQ(verifier_->CacheSize(), 0u) << "refused tokens are not remembered";
}

TEST_F(JwtTest, ClaimsCannotBeExchanged) {
  std::vector<std::string> parts = Parts(Sign());
  parts[1] = Encode({{"iss", "zhenhui"},
                     {"sub", "clerk"},
                     {"role", "admin"},
                     {"scope", "*"},
                     {"nbf", 0},
                     {"exp", 9999999999}});
  EXPECT_THAT(verifier_->Verify(absl::StrJoin(parts, ".")), HasReason("TOKEN_SIGNATURE"));
}

TEST_F(JwtTest, AlgorithmNoneIsRefused) {
  const std::vector<std::string> parts = Parts(Sign());
  for (const char* alg : {"none", "None", "NONE", ""}) {
    const std::string kid = KeyId(keys_.public_pem).value();
    const std::string header = Encode({{"alg", alg}, {"kid", kid}});
    EXPECT_THAT(verifier_->Verify(absl::StrCat(header, ".", parts[1], ".")), HasReason("TOKEN_SIGNATURE"))
        << alg;
    EXPECT_THAT(verifier_->Verify(absl::StrCat(header, ".", parts[1], ".", parts[2])),
                HasReason("TOKEN_SIGNATURE"));
  }
}

// The classic: the public key, which everybody knows, used as the secret of HS256.
TEST_F(JwtTest, PublicKeyAsSharedSecretIsRefused) {
  const std::string header = Encode({{"alg", "HS256"}, {"kid", KeyId(keys_.public_pem).value()}});
  const std::string text = absl::StrCat(header, ".", Parts(Sign())[1]);
  unsigned char mac[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), keys_.public_pem.data(), static_cast<int>(keys_.public_pem.size()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac, &size);
  const std::string signature =
      absl::WebSafeBase64Escape(absl::string_view(reinterpret_cast<const char*>(mac), size));
  EXPECT_THAT(verifier_->Verify(absl::StrCat(text, ".", signature)), HasReason("TOKEN_SIGNATURE"));
}

TEST_F(JwtTest, KeyThatIsNotTrustedIsRefused) {
  const TokenSigner stranger = TokenSigner::Create(GenerateKeyPair().value().private_pem).value();
  const std::string token =
      stranger.Sign({"clerk", Role::kAdmin, "*", clock_.Now() + absl::Hours(1)}, clock_.Now()).value();
  EXPECT_THAT(verifier_->Verify(token), HasReason("TOKEN_SIGNATURE"));
  // Also when it claims to be ours.
  std::vector<std::string> parts = Parts(token);
  parts[0] = Parts(Sign())[0];
  EXPECT_THAT(verifier_->Verify(absl::StrJoin(parts, ".")), HasReason("TOKEN_SIGNATURE"));
}

TEST_F(JwtTest, SeveralKeysAreTrustedDuringRotation) {
  const KeyPair next = GenerateKeyPair().value();
  const auto verifier = TokenVerifier::Create({keys_.public_pem, next.public_pem}, clock_).value();
  const TokenSigner next_signer = TokenSigner::Create(next.private_pem).value();
  EXPECT_THAT(verifier->Verify(Sign()), IsOk());
  EXPECT_THAT(
      verifier->Verify(
          next_signer.Sign({"a", Role::kJob, "*", clock_.Now() + absl::Hours(1)}, clock_.Now()).value()),
      IsOk());
}

TEST_F(JwtTest, ExpiryIsExactAndAlsoHoldsForRememberedTokens) {
  const std::string token = Sign(absl::Minutes(10));
  ASSERT_THAT(verifier_->Verify(token), IsOk());
  clock_.Advance(absl::Minutes(10) - absl::Seconds(1));
  EXPECT_THAT(verifier_->Verify(token), IsOk());
  EXPECT_EQ(verifier_->CacheSize(), 1u);
  clock_.Advance(absl::Seconds(1));
  EXPECT_THAT(verifier_->Verify(token), HasReason("TOKEN_EXPIRED"));
}

TEST_F(JwtTest, TokenFromTheFutureIsRefusedBeyondTheSkew) {
  const std::string token = Sign();
  clock_.Advance(-absl::Seconds(20));
  EXPECT_THAT(verifier_->Verify(token), IsOk());
  FakeClock earlier(clock_.Now() - absl::Minutes(5));
  const auto verifier = TokenVerifier::Create({keys_.public_pem}, earlier).value();
  EXPECT_THAT(verifier->Verify(token), HasReason("TOKEN_CLAIMS"));
}

TEST_F(JwtTest, CacheStaysBounded) {
  for (int i = 1; i <= 10; ++i) {
    ASSERT_THAT(verifier_->Verify(Sign(absl::Minutes(i))), IsOk());
    EXPECT_LE(verifier_->CacheSize(), 3u);
  }
}

TEST_F(JwtTest, WhatIsNoTokenIsMalformed) {
  EXPECT_THAT(verifier_->Verify(""), HasReason("TOKEN_MISSING"));
  const std::string big(kMaxTokenBytes + 1, 'a');
  const std::string bad_utf8 = "\xff\xfe.\x80.\x00";
  for (const std::string& text :
       std::vector<std::string>{"a", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d", big, bad_utf8, "e30.e30.",
                                absl::StrCat(Encode(nlohmann::json::array()), ".e30.AAAA"),
                                absl::StrCat(Sign(), " "), absl::StrCat(Sign(), "=")}) {
    EXPECT_THAT(verifier_->Verify(text), StatusIs(absl::StatusCode::kUnauthenticated)) << text;
  }
  EXPECT_THAT(verifier_->Verify("a.b.c"), HasReason("TOKEN_MALFORMED"));
}

TEST_F(JwtTest, SignerRefusesWhatNoVerifierWouldAccept) {
  const absl::Time now = clock_.Now();
  EXPECT_THAT(signer_.Sign({"", Role::kAdmin, "*", now + absl::Hours(1)}, now), Not(IsOk()));
  EXPECT_THAT(signer_.Sign({"a", Role::kAdmin, "everything", now + absl::Hours(1)}, now), Not(IsOk()));
  EXPECT_THAT(signer_.Sign({"a", Role::kAdmin, "*", now}, now), Not(IsOk()));
  EXPECT_THAT(TokenSigner::Create("no key"), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(TokenVerifier::Create({}, clock_), StatusIs(absl::StatusCode::kInvalidArgument));
  EXPECT_THAT(TokenVerifier::Create({"no key"}, clock_), StatusIs(absl::StatusCode::kInvalidArgument));
}

TEST_F(JwtTest, ManyThreadsMayVerifyAtOnce) {
  std::vector<std::string> tokens;
  for (int i = 1; i <= 6; ++i) tokens.push_back(Sign(absl::Minutes(i)));
  std::atomic<int> good = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 60; ++i) good += verifier_->Verify(tokens[static_cast<std::size_t>(i) % 6]).ok();
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good, 240);
}

// Signed by the right key, yet not what we sign.
struct ClaimsCase {
  const char* what;
  nlohmann::json patch;
};

TEST_F(JwtTest, WellSignedTokenWithWrongClaimsIsRefused) {
  const std::int64_t now = absl::ToUnixSeconds(clock_.Now());
  const nlohmann::json good = {{"iss", "zhenhui"}, {"sub", "a"}, {"role", "admin"},
                               {"scope", "*"},     {"nbf", now}, {"exp", now + 60}};
  const auto sign = [&](const nlohmann::json& payload) {
    const std::string header = Encode({{"alg", "ES256"}, {"kid", KeyId(keys_.public_pem).value()}});
    const std::string text = absl::StrCat(header, ".", Encode(payload));
    return absl::StrCat(text, ".", SignEs256(keys_.private_pem, text));
  };
  ASSERT_THAT(verifier_->Verify(sign(good)), IsOk());
  const ClaimsCase cases[] = {
      {"issuer", {{"iss", "other"}}},
      {"no issuer", {{"iss", nullptr}}},
      {"subject", {{"sub", ""}}},
      {"role", {{"role", "root"}}},
      {"role type", {{"role", 3}}},
      {"no role", {{"role", nullptr}}},
      {"scope", {{"scope", "6301061"}}},
      {"empty scope", {{"scope", ""}}},
      {"no expiry", {{"exp", nullptr}}},
      {"expiry as text", {{"exp", "9999999999"}}},
      {"expiry as fraction", {{"exp", 1e12}}},
      {"huge expiry", {{"exp", 9223372036854775807}}},
      {"negative", {{"exp", -1}}},
      {"no begin", {{"nbf", nullptr}}},
      {"begin later", {{"nbf", now + 3600}}},
      {"beyond int64", {{"exp", 18446744073709551615ULL}}},
  };
  for (const ClaimsCase& c : cases) {
    nlohmann::json payload = good;
    payload.merge_patch(c.patch);
    EXPECT_THAT(verifier_->Verify(sign(payload)), HasReason("TOKEN_CLAIMS")) << c.what;
  }
}

}  // namespace
}  // namespace zhenhui::auth
