#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/impl/codegen/channel_interface.h>

namespace zhenhui::gateway::upstream {

// The services behind the gateway, chosen by the beginning of their full names. Built once, then thread-safe.
class Upstreams {
 public:
  // `prefix`: "zhenhui.reporting."; "" takes every service that no longer prefix takes. The channel carries
  // no token of its own: every call brings its caller's.
  void Add(std::string prefix, const std::shared_ptr<grpc::ChannelInterface>& channel);

  // By the longest prefix; null if there is none. `service`: "zhenhui.reporting.v1.RollupService".
  grpc::GenericStub* Find(std::string_view service) const;

 private:
  struct Upstream {
    std::string prefix;
    std::unique_ptr<grpc::GenericStub> stub;
  };
  std::vector<Upstream> upstreams_;
};

}  // namespace zhenhui::gateway::upstream
