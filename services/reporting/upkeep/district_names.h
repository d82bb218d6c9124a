#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::reporting {

// What districts are called, asked of the townships service and kept for a while: no feed tells of it.
// Thread-safe.
class DistrictNames {
 public:
  // The channel sends a token of the role job.
  explicit DistrictNames(const std::shared_ptr<grpc::Channel>& townships);

  // Its Chinese name. The townships service's errors; a name that was known is given while it does not
  // answer.
  absl::StatusOr<std::string> Get(const std::string& district, absl::Time deadline);

 private:
  struct Known {
    std::string name;
    absl::Time at;
  };

  const std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;  // guarded by mutex_
};

}  // namespace zhenhui::reporting
