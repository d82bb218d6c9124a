#pragma once
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "common/rpc/call.h"
#include "common/time/clock.h"
#include "services/reporting/domain/cube.h"
#include "services/reporting/rpc/requests.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::reporting {

// Pages through the records behind a figure. The first page pins the revisions and the figure into the page
// token; the records of all pages are read as they stood then, so that their contributions sum to that
// figure. Thread-safe.
class Explainer {
 public:
  // Cube and clock outlive it; the channels send a token of the role job.
  Explainer(Cube& cube, const Clock& clock, const std::shared_ptr<grpc::Channel>& activities,
            const std::shared_ptr<grpc::Channel>& townships);

  // One page. Blocks on the other services: run it on an executor. `filter` is the request without page
  // token, page size and positions. Errors: PAGE_TOKEN_INVALID, those of the cube and of the services.
  absl::Status Explain(const rpc::Call& call, const ExplainRequest& request, const std::string& filter,
                       const std::string& page_token, v1::ExplainFigureResponse* response);

 private:
  struct Page;
  absl::StatusOr<Page> FirstPage(const ExplainRequest& request) const;
  // Adds contributions up to the page's size, and moves the page's cursor on.
  absl::Status AddActivities(const rpc::Call& call, const ExplainRequest& request, Page& page,
                             v1::ExplainFigureResponse* response);
  absl::Status AddRegister(const rpc::Call& call, const ExplainRequest& request, Page& page,
                           v1::ExplainFigureResponse* response);

  Cube& cube_;
  const Clock& clock_;
  const std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
  const std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
};

}  // namespace zhenhui::reporting
