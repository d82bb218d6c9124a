#include "gateway/http/content.h"

#include <zlib.h>

#include <array>
#include <new>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "common/status/absl_view.h"

namespace zhenhui::gateway::http {
namespace {

constexpr int kGzipWindow = 15 + 16;  // 16 asks zlib for gzip's frame

// "gzip;q=0.5" -> the name and whether its weight is above zero.
bool Accepts(absl::string_view item, absl::string_view coding) {
  const std::vector<absl::string_view> parts = absl::StrSplit(item, ';');
  if (!absl::EqualsIgnoreCase(absl::StripAsciiWhitespace(parts[0]), coding)) return false;
  for (size_t i = 1; i < parts.size(); ++i) {
    absl::string_view weight = absl::StripAsciiWhitespace(parts[i]);
    if (!absl::StartsWithIgnoreCase(weight, "q=")) continue;
    double q = 0;
    return absl::SimpleAtod(weight.substr(2), &q) && q > 0;
  }
  return true;
}

absl::string_view WithoutWeakMark(absl::string_view etag) {
  return absl::StartsWith(etag, "W/") ? etag.substr(2) : etag;
}

}  // namespace

bool AcceptsGzip(const Headers& request) {
  const std::string_view accepted = request.Find("accept-encoding");
  bool any = false;
  for (const absl::string_view item : absl::StrSplit(Absl(accepted), ',', absl::SkipWhitespace())) {
    const absl::string_view name = absl::StripAsciiWhitespace(item.substr(0, item.find(';')));
    if (absl::EqualsIgnoreCase(name, "gzip")) return Accepts(item, "gzip");
    any = any || Accepts(item, "*");
  }
  return any;
}

bool IsCompressible(std::string_view content_type) {
  const absl::string_view type =
      absl::StripAsciiWhitespace(Absl(content_type.substr(0, content_type.find(';'))));
  if (absl::EqualsIgnoreCase(type, "text/event-stream")) return false;
  return absl::StartsWithIgnoreCase(type, "text/") || absl::EndsWithIgnoreCase(type, "json") ||
         absl::EndsWithIgnoreCase(type, "xml") || absl::EqualsIgnoreCase(type, "application/javascript") ||
         absl::EqualsIgnoreCase(type, "application/x-ndjson");
}

bool ETagMatches(const Headers& request, std::string_view etag) {
  const std::string_view known = request.Find("if-none-match");
  for (absl::string_view item : absl::StrSplit(Absl(known), ',', absl::SkipWhitespace())) {
    item = absl::StripAsciiWhitespace(item);
    if (item == "*" || WithoutWeakMark(item) == WithoutWeakMark(Absl(etag))) return true;
  }
  return false;
}

struct GzipStream::State {
  explicit State(int level) {
    if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw std::bad_alloc();  // the only way in which it fails
  }
  ~State() { deflateEnd(&stream); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  std::string Run(std::string_view piece, int flush) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));  // zlib only reads it
    stream.avail_in = static_cast<uInt>(piece.size());
    std::string out;
    std::array<char, 16 << 10> room;
    do {
      stream.next_out = reinterpret_cast<Bytef*>(room.data());
      stream.avail_out = room.size();
      deflate(&stream, flush);
      out.append(room.data(), room.size() - stream.avail_out);
    } while (stream.avail_out == 0);
    return out;
  }

  z_stream stream = {};
};

GzipStream::GzipStream() : state_(std::make_unique<State>(kFastGzip)) {}
GzipStream::~GzipStream() = default;

std::string GzipStream::Add(std::string_view piece, bool last) {
  return state_->Run(piece, last ? Z_FINISH : Z_SYNC_FLUSH);
}

std::string Gzip(std::string_view text, int level) {
  // Not through a stream's State: the size is known, so one pass into one allocation does.
  z_stream stream = {};
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace zhenhui::gateway::http
