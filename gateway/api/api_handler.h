#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "gateway/http/exchange.h"
#include "gateway/transcoding/transcoder.h"
#include "gateway/upstream/upstreams.h"

namespace zhenhui::gateway {

struct ApiOptions {
  absl::Duration read_timeout = absl::Seconds(10);    // of GET
  absl::Duration write_timeout = absl::Seconds(30);   // of everything else that is no stream
  absl::Duration longest_timeout = absl::Minutes(2);  // that x-timeout-ms may ask for; also of streams
  // A live stream without news says so every so often, so that nobody between cuts it.
  std::chrono::steady_clock::duration heartbeat = std::chrono::seconds(15);
  // When a live stream is begun although the service has said nothing; errors before are plain answers.
  std::chrono::steady_clock::duration patience = std::chrono::seconds(1);
  // What EventSource is told to wait before it connects again.
  std::chrono::milliseconds reconnect = std::chrono::milliseconds(2000);
};

// The API: every bound RPC of the descriptors over HTTP. Thread-safe.
//
// - Unary: JSON, or the bytes of a google.api.HttpBody with content-disposition.
// - Server streams: of HttpBody its bytes; else Server-Sent Events where the client accepts
// text/event-stream, else a line of
//   JSON for each message (application/x-ndjson). Errors before the first message are plain answers. Later
//   ones: SSE ends with `event: error`, NDJSON with a line {"error": ...}, bytes with a cut connection. SSE:
//   `event: message` with `id` and `data`; `event: end` when the service ends the stream.
// - Requests: header x-timeout-ms (1 to longest_timeout); bodies are application/json.
// - Errors by AIP-193 with the services' details and a google.rpc.RequestInfo. Own reasons: ROUTE_NOT_FOUND
// (404),
//   METHOD_NOT_ALLOWED (405 with Allow), PATH_MALFORMED, CONTENT_TYPE_NOT_SUPPORTED (415), TIMEOUT_MALFORMED,
//   those of transcoding::MakeRequest, ANSWER_MALFORMED (500); and where gRPC and no service made the error,
//   so that its text may tell of addresses: SERVICE_UNAVAILABLE, DEADLINE_EXCEEDED, CALL_CANCELLED,
//   CALL_FAILED. SERVER_DRAINING ends live streams.
class ApiHandler {
 public:
  // FAILED_PRECONDITION, reason UPSTREAM_MISSING, if no upstream takes the service of a route.
  static absl::StatusOr<std::unique_ptr<const ApiHandler>> Create(
      std::shared_ptr<const transcoding::Transcoder> transcoder, upstream::Upstreams upstreams,
      ApiOptions options = {});

  // Answers the exchange. `token`: the caller's bearer token, empty if he has none; it is passed on, not
  // looked at.
  http::asio::awaitable<void> Handle(http::Exchange& exchange, std::string token) const;

  const transcoding::Transcoder& transcoder() const { return *transcoder_; }

 private:
  ApiHandler(std::shared_ptr<const transcoding::Transcoder> transcoder, upstream::Upstreams upstreams,
             ApiOptions options)
      : transcoder_(std::move(transcoder)), upstreams_(std::move(upstreams)), options_(options) {}

  const std::shared_ptr<const transcoding::Transcoder> transcoder_;
  const upstream::Upstreams upstreams_;
  const ApiOptions options_;
  std::vector<grpc::GenericStub*> stubs_;  // by route
};

}  // namespace zhenhui::gateway
