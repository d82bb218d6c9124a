#include "gateway/app/compose.h"

#include <utility>

#include "common/process/secrets.h"
#include "common/status/status_macros.h"
#include "gateway/api/api_handler.h"
#include "gateway/openapi/docs_handler.h"
#include "gateway/transcoding/schema.h"
#include "gateway/transcoding/transcoder.h"
#include "gateway/upstream/upstreams.h"

namespace zhenhui::gateway {
namespace {

constexpr std::size_t kMaxDescriptorBytes = 16 << 20;

absl::StatusOr<std::shared_ptr<const transcoding::Transcoder>> MakeTranscoder(
    const std::string& descriptor_file) {
  if (descriptor_file.empty()) return transcoding::Transcoder::Create(transcoding::BuiltInDescriptors());
  ASSIGN_OR_RETURN(const std::string descriptors,
                   process::ReadSmallFile(descriptor_file, kMaxDescriptorBytes));
  return transcoding::Transcoder::Create(descriptors);
}

upstream::Upstreams MakeUpstreams(const ServiceChannels& channels) {
  upstream::Upstreams upstreams;
  upstreams.Add("zhenhui.townships.", channels.townships);
  upstreams.Add("zhenhui.activities.", channels.activities);
  upstreams.Add("zhenhui.reporting.", channels.reporting);
  return upstreams;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Gateway>> StartGateway(GatewayOptions options, Surroundings surroundings,
                                                      const ServiceChannels& channels) {
  ASSIGN_OR_RETURN(auto transcoder, MakeTranscoder(surroundings.descriptor_file));
  http::Handler docs = openapi::MakeDocsHandler(*transcoder);
  ASSIGN_OR_RETURN(std::shared_ptr<const ApiHandler> api,
                   ApiHandler::Create(std::move(transcoder), MakeUpstreams(channels)));
  GatewayParts parts{.verifier = std::move(surroundings.verifier),
                     .clock = surroundings.clock,
                     .registry = surroundings.registry,
                     .api = [api](http::Exchange& exchange,
                                  std::string token) { return api->Handle(exchange, std::move(token)); },
                     .docs = std::move(docs),
                     .ready = std::move(surroundings.ready)};
  return Gateway::Start(std::move(options), std::move(parts));
}

}  // namespace zhenhui::gateway
