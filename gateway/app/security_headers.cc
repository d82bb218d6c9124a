#include "gateway/app/security_headers.h"

namespace zhenhui::gateway {
namespace {

// blob: pictures that a page makes (downloads of charts), and the checked report, which is shown in a
// sandboxed frame.
constexpr char kContentSecurityPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
    "'self'; "
    "font-src 'self'; frame-src blob:; manifest-src 'self'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'";

}  // namespace

http::Headers SecurityHeaders(bool secure) {
  http::Headers headers = {
      {"content-security-policy", kContentSecurityPolicy},
      {"x-content-type-options", "nosniff"},
      {"x-frame-options", "DENY"},
      {"referrer-policy", "no-referrer"},
      {"permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
      {"cross-origin-opener-policy", "same-origin"},
      {"cross-origin-resource-policy", "same-origin"},
      {"cache-control", "no-store"},
  };
  if (secure) headers.Add("strict-transport-security", "max-age=31536000");
  return headers;
}

}  // namespace zhenhui::gateway
