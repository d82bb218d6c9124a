#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/http/headers.h"

// Compression and conditional answers. All functions are thread-safe.
namespace zhenhui::gateway::http {

// Whether the client takes gzip (accept-encoding without "gzip;q=0"; "*" counts).
bool AcceptsGzip(const Headers& request);

// Whether compression pays for this content-type: texts, JSON, scripts, SVG; never event streams, pictures,
// archives.
bool IsCompressible(std::string_view content_type);

// Whether if-none-match names `etag` (written with its quotes), by weak comparison, or is "*": answer 304
// then.
bool ETagMatches(const Headers& request, std::string_view etag);

// Answers larger than this are compressed.
inline constexpr std::size_t kMinCompressedBytes = 1024;
inline constexpr int kFastGzip = 3;  // for what is made now
inline constexpr int kBestGzip = 9;  // for what is kept

// The gzip form of a text. `level` is 1..9.
std::string Gzip(std::string_view text, int level);

// Compresses a stream so that each piece can be read as soon as it has arrived. Not thread-safe.
class GzipStream {
 public:
  GzipStream();
  ~GzipStream();
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  // The compressed bytes of the next piece; `last` adds the end of the stream.
  std::string Add(std::string_view piece, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace zhenhui::gateway::http
