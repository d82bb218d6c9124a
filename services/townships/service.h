#pragma once
#include <memory>

#include "absl/status/statusor.h"
#include "common/service/hosted_service.h"

namespace zhenhui::townships {

// Schema name and migrations, for the `migrate` command.
service::Schema TownshipsSchema();

// The whole service, composed. INVALID_ARGUMENT for a malformed DSN; an unreachable database is no error
// here: the service says NOT_SERVING until it answers.
absl::StatusOr<std::unique_ptr<service::HostedService>> CreateService(const service::Config& config);

}  // namespace zhenhui::townships
