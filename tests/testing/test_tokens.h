#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "common/auth/claims.h"
#include "common/auth/jwt.h"
#include "common/auth/keys.h"

// Tokens for tests, signed with a key pair that is made once in each test process.
namespace zhenhui::testing {

const auth::KeyPair& TestKeys();

// Trusts TestKeys(), with the real clock.
std::shared_ptr<const auth::TokenVerifier> TestVerifier();

// A valid token for an hour. `scope` is "*" or a division code.
std::string Token(auth::Role role, std::string_view scope, std::string_view subject = "test");

// A well-signed token that lived until `expires`, which may lie in the past.
std::string TokenUntil(auth::Role role, std::string_view scope, absl::Time expires);

}  // namespace zhenhui::testing
