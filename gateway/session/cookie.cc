#include "gateway/session/cookie.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::session {

std::string_view CookieName(bool secure) { return secure ? "__Host-zhenhui_session" : "zhenhui_session"; }

std::string_view FindCookie(std::string_view header, std::string_view name) {
  for (absl::string_view cookie : absl::StrSplit(Absl(header), ';')) {
    cookie = absl::StripAsciiWhitespace(cookie);
    const size_t equals = cookie.find('=');
    if (equals == absl::string_view::npos || cookie.substr(0, equals) != Absl(name)) continue;
    const absl::string_view value = cookie.substr(equals + 1);
    return {value.data(), value.size()};
  }
  return {};
}

std::string SetCookie(std::string_view value, absl::Duration life, bool secure) {
  const std::int64_t seconds = std::max<std::int64_t>(0, absl::ToInt64Seconds(life));
  return absl::StrCat(Absl(CookieName(secure)), "=", seconds > 0 ? Absl(value) : "",
                      "; Path=/; Max-Age=", seconds, "; HttpOnly; SameSite=Strict", secure ? "; Secure" : "");
}

}  // namespace zhenhui::gateway::session
