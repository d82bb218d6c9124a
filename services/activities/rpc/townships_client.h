#pragma once
#include <memory>

#include <grpcpp/grpcpp.h>

#include "absl/time/time.h"
#include "services/activities/domain/places.h"

namespace zhenhui::activities {

// The register of places, asked from the townships service each time. Thread-safe; blocks.
class TownshipsClient final : public PlaceRegister {
 public:
  // `channel` carries a token that may read all townships (common/rpc/channel.h). One question takes
  // `timeout` at most.
  explicit TownshipsClient(std::shared_ptr<grpc::Channel> channel, absl::Duration timeout = absl::Seconds(3))
      : channel_(std::move(channel)), timeout_(timeout) {}

  absl::StatusOr<std::shared_ptr<const Places>> Get(std::string_view township, Freshness freshness,
                                                    absl::Time deadline) override;
  absl::StatusOr<std::vector<std::string>> TownshipsOf(std::string_view district,
                                                       absl::Time deadline) override;

 private:
  const std::shared_ptr<grpc::Channel> channel_;
  const absl::Duration timeout_;
};

}  // namespace zhenhui::activities
