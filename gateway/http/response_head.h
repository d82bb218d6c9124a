#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/headers.h"

namespace zhenhui::gateway::http {

// What the first lines of an answer are made of.
struct ResponseHead {
  int status = 200;
  const Headers* headers;  // the handler's
  const Headers* always;   // the server's own, each unless the handler has set it
  std::string_view request_id;
  std::string_view date;                             // "Mon, 04 Mar 2024 09:00:00 GMT"
  std::optional<std::uint64_t> content_length = {};  // none: see `chunked`
  bool chunked = false;
  bool gzip = false;
  bool varies = false;  // would look otherwise for a client that takes (no) gzip
  bool close = false;
  bool http10 = false;
};

// The lines as they go over the wire, up to and with the empty one. A name or value that holds a line break
// or NUL is left out whole: it could forge another answer.
std::string WriteHead(const ResponseHead& head);

// "Not Found"; "Unknown" for codes that nobody defines.
std::string_view ReasonPhrase(int status);

// The time as HTTP writes it.
std::string HttpDate(std::int64_t unix_seconds);

}  // namespace zhenhui::gateway::http
