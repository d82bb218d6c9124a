#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/exchange.h"

namespace zhenhui::gateway::http {

// What a client may take of the server. Durations are exact to within `tick`.
struct Limits {
  std::size_t header_bytes = 32 << 10;  // more: 431
  std::size_t body_bytes =
      5 << 20;             // a file of 3 MiB in base64 fits; more: 413, at once if the length is said
  int connections = 4096;  // more: 503 with retry-after
  absl::Duration handshake = absl::Seconds(10);    // of TLS; longer: cut
  absl::Duration header = absl::Seconds(10);       // from its first byte to its end; longer: 408
  absl::Duration body = absl::Seconds(60);         // from the header's end; longer: 408
  absl::Duration idle = absl::Seconds(75);         // between requests; longer: closed
  absl::Duration handler = absl::Seconds(120);     // until an answer begins; longer: Gone::kTimeout
  absl::Duration write_stall = absl::Seconds(30);  // nothing is read by the client for so long: cut
  absl::Duration linger = absl::Seconds(2);        // for the client to take the last answer before the close
  absl::Duration tick = absl::Milliseconds(250);
};

// Files of PEM; both empty: plain HTTP.
struct TlsFiles {
  std::string certificate = {};  // chain
  std::string key = {};
};

// One request that has ended. The views live until the callback returns.
struct Record {
  std::string_view method;
  std::string_view path;   // without the query, which may hold what a log should not
  std::string_view route;  // empty: none was told
  std::string_view request_id;
  std::string_view peer;
  int status = 0;           // 499: the client left before an answer was begun
  std::uint64_t bytes = 0;  // sent, with headers
  absl::Duration took;
  bool whole = false;     // the answer was sent to its end
  bool streamed = false;  // in pieces
};

struct ServerOptions {
  std::string address =
      "127.0.0.1:0";  // "host:port" with a numeric host, "[::1]:8080"; port 0 picks a free one
  Limits limits = {};
  TlsFiles tls = {};
  int threads = 0;  // 0: one for each core, 8 at most
  // A proxy that we trust stands before us, and sets x-forwarded-for (its last entry is the client) and
  // x-forwarded-proto. Without one a client could lie about both.
  bool behind_proxy = false;
  Headers always = {};  // of every answer, also of errors, unless a handler sets the same
  std::function<void(const Record&)> on_request = {};  // from the server's threads; must not block
};

// An HTTP/1.1 server. Its errors have the form of errors.h, with reasons REQUEST_MALFORMED, HEADER_TOO_LARGE,
// BODY_TOO_LARGE, BODY_ENCODED, EXPECTATION_UNKNOWN, REQUEST_TOO_SLOW, TOO_MANY_CONNECTIONS and
// HANDLER_FAILED. Thread-safe.
class Server {
 public:
  // Listens. UNAVAILABLE, reason ADDRESS_UNAVAILABLE; INVALID_ARGUMENT, reason TLS_FILES or
  // ADDRESS_MALFORMED.
  static absl::StatusOr<std::unique_ptr<Server>> Start(ServerOptions options, Handler handler);
  ~Server();  // Stop(0)

  int port() const;
  int connections() const;  // open now
  int streams() const;      // answers in pieces that are under way

  // Listens no more, closes idle connections, lets requests in hand finish and tells live streams to end;
  // cuts what remains after `grace`. Returns when nothing runs any more; may be called again.
  void Stop(absl::Duration grace);

 private:
  class Impl;
  explicit Server(std::unique_ptr<Impl> impl);
  const std::unique_ptr<Impl> impl_;
};

}  // namespace zhenhui::gateway::http
