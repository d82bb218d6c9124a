#pragma once

#include <memory>
#include <string>

#include <grpcpp/impl/codegen/channel_interface.h>

#include "absl/status/statusor.h"
#include "gateway/app/gateway.h"

namespace zhenhui::gateway {

// Channels to the services. They carry no token of their own: every call brings its caller's.
struct ServiceChannels {
  std::shared_ptr<grpc::ChannelInterface> townships;
  std::shared_ptr<grpc::ChannelInterface> activities;
  std::shared_ptr<grpc::ChannelInterface> reporting;
};

// What StartGateway needs beside the channels. All that is pointed to outlives the gateway.
struct Surroundings {
  std::shared_ptr<const auth::TokenVerifier> verifier;
  const Clock* clock;
  metrics::Registry* registry;
  std::function<bool()> ready;  // see GatewayParts
  std::string descriptor_file =
      {};  // of a FileDescriptorSet of the services; empty: those that were built in
};

// The whole gateway: API, its description, sessions, dashboard. Errors as Gateway::Start, and of descriptors
// that cannot be read or that bind two methods to one path.
absl::StatusOr<std::unique_ptr<Gateway>> StartGateway(GatewayOptions options, Surroundings surroundings,
                                                      const ServiceChannels& channels);

}  // namespace zhenhui::gateway
