#pragma once

#include <string>
#include <string_view>

#include "absl/time/time.h"

// The session's cookie (RFC 6265). All functions are thread-safe.
namespace zhenhui::gateway::session {

// "zhenhui_session"; over TLS "__Host-zhenhui_session", which a browser takes only from this very host.
std::string_view CookieName(bool secure);

// The value of the first cookie of that name in a cookie header ("a=1; b=2"); empty if there is none.
std::string_view FindCookie(std::string_view header, std::string_view name);

// The value of a set-cookie header: HttpOnly, SameSite=Strict, for the whole site, Secure over TLS. `value`
// is made of characters that a cookie may hold, as tokens are. `life` zero or less takes the cookie away.
std::string SetCookie(std::string_view value, absl::Duration life, bool secure);

}  // namespace zhenhui::gateway::session
