#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace zhenhui::rpc {

// Returns the bearer token for the next call, or "" for none. Called for every call, from several threads.
using TokenProvider = std::function<std::string()>;

struct ChannelTls {
  bool enabled = false;
  std::string ca_file = {};           // empty: the system's authorities
  std::string certificate_file = {};  // for mutual TLS, with key_file
  std::string key_file = {};
};

struct ChannelOptions {
  ChannelTls tls = {};
  TokenProvider token = {};          // also sent over an insecure channel: those are for loopback only
  int max_message_bytes = 16 << 20;  // of an answer
  absl::Duration keepalive = absl::Seconds(60);
};

// A channel to `target` ("127.0.0.1:50051", "dns:///activities:50051"). Connects lazily, spreads calls over
// all addresses of the target (round robin). INVALID_ARGUMENT for unreadable TLS files.
absl::StatusOr<std::shared_ptr<grpc::Channel>> Connect(const std::string& target,
                                                       const ChannelOptions& options);

// Adds the token to each call of a channel; for grpc's ...WithInterceptors functions. Empty when `token` is
// null.
std::vector<std::unique_ptr<grpc::experimental::ClientInterceptorFactoryInterface>> TokenInterceptors(
    TokenProvider token);

// Fills a context for one call: deadline, and request id when it is not empty.
void PrepareContext(grpc::ClientContext* context, absl::Duration timeout, const std::string& request_id = "");

}  // namespace zhenhui::rpc
