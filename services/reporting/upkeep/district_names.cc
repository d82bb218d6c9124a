#include "services/reporting/upkeep/district_names.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::reporting {
namespace {

constexpr absl::Duration kNameKept = absl::Minutes(1);
constexpr absl::Duration kNameTimeout = absl::Seconds(5);

}  // namespace

DistrictNames::DistrictNames(const std::shared_ptr<grpc::Channel>& townships)
    : townships_(townships::v1::TownshipService::NewStub(townships)) {}

absl::StatusOr<std::string> DistrictNames::Get(const std::string& district, absl::Time deadline) {
  const absl::Time now = absl::Now();
  {
    std::lock_guard lock(mutex_);
    const auto found = known_.find(district);
    if (found != known_.end() && now - found->second.at < kNameKept) return found->second.name;
  }
  townships::v1::GetDistrictRequest request;
  request.set_name("districts/" + district);
  townships::v1::GetDistrictResponse response;
  grpc::ClientContext context;
  rpc::PrepareContext(&context, std::min(deadline - now, kNameTimeout));
  const absl::Status status = rpc::FromGrpc(townships_->GetDistrict(&context, request, &response));
  std::lock_guard lock(mutex_);
  if (status.ok()) {
    known_[district] = {response.district().display_name_zh(), now};
    return response.district().display_name_zh();
  }
  const auto found = known_.find(district);
  if (found != known_.end() && !absl::IsNotFound(status)) return found->second.name;
  return status;
}

}  // namespace zhenhui::reporting
