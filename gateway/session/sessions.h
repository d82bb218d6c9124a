#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "common/auth/jwt.h"
#include "common/time/clock.h"
#include "gateway/http/errors.h"
#include "gateway/http/exchange.h"
#include "gateway/session/one_time_codes.h"
#include "gateway/session/rate_limiter.h"

namespace zhenhui::gateway::session {

// Who sent a request, after all checks.
struct Caller {
  std::string token;  // verified; never to be logged
  auth::Claims claims;
  bool by_cookie = false;
};

struct SessionOptions {
  Rate calls = {};                                     // of each subject
  absl::Duration sign_in_interval = absl::Seconds(3);  // of each address: one attempt in so long,
  int sign_in_burst = 20;                              // and so many at once
};

// Who calls. A session has no state here: the cookie holds the signed token itself, so that any number of
// gateways can stand side by side, and a session lasts as long as its token. Signing out takes the cookie
// away; whoever copied the token before keeps it until it expires. Thread-safe.
class Sessions {
 public:
  // All must outlive it.
  Sessions(std::shared_ptr<const auth::TokenVerifier> verifier, OneTimeCodes& codes, const Clock& clock,
           SessionOptions options);

  // The caller of an API request, or why it is refused. Reasons: TOKEN_... (401), CSRF_REFUSED (403: by
  // cookie, changes something, and has not the header of csrf.h), CROSS_SITE (403: by cookie, from another
  // site's page), RATE_LIMITED (429).
  std::variant<Caller, http::Response> Identify(const http::Request& request);

  // /session: GET says who is signed in, POST {"token": ...} or {"code": ...} signs in, DELETE signs out.
  // More reasons: SIGN_IN_MALFORMED (400), SIGN_IN_CODE_UNKNOWN (401), METHOD_NOT_ALLOWED (405), CONTENT_TYPE
  // (415).
  http::Response Answer(const http::Request& request);

 private:
  std::variant<Caller, http::Response> Know(const http::Request& request) const;
  std::variant<Caller, http::Response> Check(const http::Request& request) const;
  http::Response Describe(const Caller& caller) const;
  http::Response SignIn(const http::Request& request);
  http::Response SignOut(const http::Request& request) const;

  const std::shared_ptr<const auth::TokenVerifier> verifier_;
  OneTimeCodes& codes_;
  const Clock& clock_;
  RateLimiter calls_;
  RateLimiter strangers_;  // calls without a valid token, by address
  RateLimiter sign_ins_;
};

}  // namespace zhenhui::gateway::session
