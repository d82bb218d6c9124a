#pragma once
#include <memory>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "common/service/hosted_service.h"

namespace zhenhui::activities {

// Schema name and migrations, for the `migrate` command.
service::Schema ActivitiesSchema();

// The whole service, composed. `townships` leads to the townships service, with a token that may read all
// places of this process (rpc::Connect, or Server::InProcessChannel once that server runs); records are
// checked against it. Errors: a damaged catalogue. An unreachable database is no error here: the service says
// NOT_SERVING until it answers.
absl::StatusOr<std::unique_ptr<service::HostedService>> CreateService(
    const service::Config& config, std::shared_ptr<grpc::Channel> townships);

}  // namespace zhenhui::activities
