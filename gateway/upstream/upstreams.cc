#include "gateway/upstream/upstreams.h"

#include <utility>

namespace zhenhui::gateway::upstream {

void Upstreams::Add(std::string prefix, const std::shared_ptr<grpc::ChannelInterface>& channel) {
  upstreams_.push_back({std::move(prefix), std::make_unique<grpc::GenericStub>(channel)});
}

grpc::GenericStub* Upstreams::Find(std::string_view service) const {
  const Upstream* best = nullptr;
  for (const Upstream& upstream : upstreams_) {
    const bool fits = service.substr(0, upstream.prefix.size()) == upstream.prefix;
    if (fits && (best == nullptr || upstream.prefix.size() > best->prefix.size())) best = &upstream;
  }
  return best == nullptr ? nullptr : best->stub.get();
}

}  // namespace zhenhui::gateway::upstream
