#pragma once

#include <string>
#include <string_view>

// A page of another site can make a browser send the cookie, but it can neither read it nor what GET /session
// answers. So a state-changing call by cookie also carries this value, which is a HMAC of a fixed text with
// the session's token as the key: bound to the session, and without a secret that several gateways would have
// to share. All functions are thread-safe.
namespace zhenhui::gateway::session {

inline constexpr std::string_view kCsrfHeader = "x-zhenhui-csrf";

// 43 characters of base64url.
std::string CsrfToken(std::string_view session_token);

// In constant time.
bool CsrfMatches(std::string_view session_token, std::string_view sent);

}  // namespace zhenhui::gateway::session
