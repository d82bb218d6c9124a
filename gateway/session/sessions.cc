#include "gateway/session/sessions.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/absl_view.h"
#include "common/status/reason.h"
#include "gateway/session/cookie.h"
#include "gateway/session/csrf.h"

namespace zhenhui::gateway::session {
namespace {

using http::ErrorAnswer;
using http::Problem;
using http::Request;
using http::Response;

// A cookie holds 4,096 bytes with its name and attributes; browsers drop a larger one without a word.
constexpr std::size_t kMaxCookieToken = 3900;

constexpr Problem kCrossSite = {403, "PERMISSION_DENIED", "CROSS_SITE", "请求来自其他网站，已拒绝",
                                "the request comes from another site's page and is refused"};
constexpr Problem kCsrf = {403, "PERMISSION_DENIED", "CSRF_REFUSED", "页面已过期，请刷新后重试",
                           "the header x-zhenhui-csrf is missing or of another session; reload the page"};
constexpr Problem kRateLimited = {429, "RESOURCE_EXHAUSTED", "RATE_LIMITED", "请求过于频繁，请稍后重试",
                                  "too many requests; slow down and try again"};
constexpr Problem kMalformedSignIn = {400, "INVALID_ARGUMENT", "SIGN_IN_MALFORMED",
                                      "登录请求应含 token 或 code 之一",
                                      "signing in takes a JSON object with either \"token\" or \"code\""};
constexpr Problem kUnknownCode = {401, "UNAUTHENTICATED", "SIGN_IN_CODE_UNKNOWN",
                                  "登录链接已用过或已过期，请重新获取",
                                  "the sign-in link was used or has expired; get a new one"};
constexpr Problem kMethod = {405, "UNIMPLEMENTED", "METHOD_NOT_ALLOWED", "此地址不支持该方法",
                             "this address does not take the method"};
constexpr Problem kContentType = {415, "INVALID_ARGUMENT", "CONTENT_TYPE", "请求内容应为 application/json",
                                  "the content-type must be application/json"};
constexpr Problem kTooLong = {400, "INVALID_ARGUMENT", "TOKEN_TOO_LONG", "令牌过长，无法保存在浏览器中",
                              "the token is too long for a browser to keep"};

bool ChangesState(const Request& request) { return request.method != "GET" && request.method != "HEAD"; }

// What the browser itself says of the page that made the request. Older browsers say nothing.
bool IsCrossSite(const Request& request) {
  const std::string_view site = request.headers.Find("sec-fetch-site");
  return !site.empty() && site != "same-origin" && site != "none";
}

std::string_view BearerOf(const Request& request) {
  const std::string_view value = request.headers.Find("authorization");
  return absl::StartsWithIgnoreCase(Absl(value), "bearer ") ? value.substr(7) : std::string_view();
}

Response TokenRefused(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  const std::string message(status.message());
  const std::string_view advice = reason == "TOKEN_MISSING"   ? "请先登录"
                                  : reason == "TOKEN_EXPIRED" ? "登录已过期，请重新登录"
                                                              : "登录凭据无效，请重新登录";
  Response response = ErrorAnswer({401, "UNAUTHENTICATED", reason, advice, message});
  response.headers.Add("www-authenticate", "Bearer");
  return response;
}

Response TooFast(absl::Duration wait) {
  const auto seconds = absl::ToInt64Seconds(absl::Ceil(wait, absl::Seconds(1)));
  return ErrorAnswer(kRateLimited, static_cast<int>(std::clamp<std::int64_t>(seconds, 1, 3600)));
}

Response NotAllowed() {
  Response response = ErrorAnswer(kMethod);
  response.headers.Add("allow", "GET, HEAD, POST, DELETE");
  return response;
}

}  // namespace

Sessions::Sessions(std::shared_ptr<const auth::TokenVerifier> verifier, OneTimeCodes& codes,
                   const Clock& clock, SessionOptions options)
    : verifier_(std::move(verifier)),
      codes_(codes),
      clock_(clock),
      calls_(clock, options.calls),
      strangers_(clock, options.calls),
      sign_ins_(clock, options.sign_in_interval, options.sign_in_burst) {}

// The token of the header or else of the cookie, verified.
std::variant<Caller, Response> Sessions::Know(const Request& request) const {
  Caller caller;
  caller.by_cookie = !request.headers.Has("authorization");
  caller.token = caller.by_cookie
                     ? std::string(FindCookie(request.headers.Find("cookie"), CookieName(request.secure)))
                     : std::string(BearerOf(request));
  absl::StatusOr<auth::Claims> claims = verifier_->Verify(caller.token);
  if (!claims.ok()) return TokenRefused(claims.status());
  caller.claims = *std::move(claims);
  return caller;
}

// Know, and whether a browser was perhaps tricked into it.
std::variant<Caller, Response> Sessions::Check(const Request& request) const {
  std::variant<Caller, Response> result = Know(request);
  const Caller* caller = std::get_if<Caller>(&result);
  if (caller == nullptr || !caller->by_cookie) return result;
  if (IsCrossSite(request)) return ErrorAnswer(kCrossSite);
  if (ChangesState(request) && !CsrfMatches(caller->token, request.headers.Find(kCsrfHeader)))
    return ErrorAnswer(kCsrf);
  return result;
}

std::variant<Caller, Response> Sessions::Identify(const Request& request) {
  std::variant<Caller, Response> result = Check(request);
  const Caller* caller = std::get_if<Caller>(&result);
  const absl::Duration wait =
      caller != nullptr ? calls_.Take(caller->claims.subject) : strangers_.Take(request.peer);
  if (wait > absl::ZeroDuration()) return TooFast(wait);
  return result;
}

Response Sessions::Answer(const Request& request) {
  if (request.method == "POST") return SignIn(request);
  if (request.method == "DELETE") return SignOut(request);
  if (ChangesState(request)) return NotAllowed();
  std::variant<Caller, Response> result = Check(request);
  if (const Caller* caller = std::get_if<Caller>(&result)) return Describe(*caller);
  return std::get<Response>(std::move(result));
}

Response Sessions::Describe(const Caller& caller) const {
  nlohmann::json body = {
      {"subject", caller.claims.subject},
      {"role", auth::RoleName(caller.claims.role)},
      {"scope", caller.claims.scope},
      {"expireTime", absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", caller.claims.expires, absl::UTCTimeZone())}};
  if (caller.by_cookie) body["csrfToken"] = CsrfToken(caller.token);
  return {.headers = {{"content-type", "application/json; charset=utf-8"}},
          // A subject is UTF-8, since it came out of JSON; whatever it is, this must not throw.
          .body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace)};
}

Response Sessions::SignIn(const Request& request) {
  // Also without a cookie: signing a visitor in as somebody else is an attack as well.
  if (IsCrossSite(request)) return ErrorAnswer(kCrossSite);
  if (!absl::StartsWithIgnoreCase(Absl(request.headers.Find("content-type")), "application/json"))
    return ErrorAnswer(kContentType);
  const absl::Duration wait = sign_ins_.Take(request.peer);
  if (wait > absl::ZeroDuration()) return TooFast(wait);
  const auto body = nlohmann::json::parse(request.body, nullptr, /*allow_exceptions=*/false);
  const auto text = [&body](const char* key) {
    const auto found = body.find(key);
    return found != body.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!body.is_object() || body.size() != 1 || (text("token").empty() && text("code").empty()))
    return ErrorAnswer(kMalformedSignIn);
  Caller caller{.token = text("token"), .claims = {}, .by_cookie = true};
  if (caller.token.empty()) {
    std::optional<std::string> token = codes_.Take(text("code"));
    if (!token) return ErrorAnswer(kUnknownCode);
    caller.token = *std::move(token);
  }
  if (caller.token.size() > kMaxCookieToken) return ErrorAnswer(kTooLong);
  absl::StatusOr<auth::Claims> claims = verifier_->Verify(caller.token);
  if (!claims.ok()) return TokenRefused(claims.status());
  caller.claims = *std::move(claims);
  Response response = Describe(caller);
  response.headers.Add("set-cookie",
                       SetCookie(caller.token, caller.claims.expires - clock_.Now(), request.secure));
  return response;
}

Response Sessions::SignOut(const Request& request) const {
  // A session that is over anyway needs no protection, and its cookie should go.
  if (std::holds_alternative<Caller>(Know(request))) {
    std::variant<Caller, Response> result = Check(request);
    if (Response* refused = std::get_if<Response>(&result)) return std::move(*refused);
  }
  return {.status = 204, .headers = {{"set-cookie", SetCookie("", absl::ZeroDuration(), request.secure)}}};
}

}  // namespace zhenhui::gateway::session
