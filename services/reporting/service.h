#pragma once
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/service/hosted_service.h"

namespace zhenhui::reporting {

// Schema name and migrations, for the `migrate` command.
service::Schema ReportingSchema();

struct Options {
  // To the other two services, each with a token of the role job (rpc::ChannelOptions::token).
  std::shared_ptr<grpc::Channel> activities;
  std::shared_ptr<grpc::Channel> townships;
  // Which townships this process follows: a prefix of division codes; empty is the scope of the channels'
  // token.
  std::string scope;
  // Text of a metrics.json; empty is the one that was built in.
  std::string metrics_json;
  // Folder with templates of reports that stand in for the built-in ones of the same name; empty: none.
  std::string report_templates;
  absl::Duration flush_interval = absl::Milliseconds(500);
  // Between two towns of the background verification; zero turns it off.
  absl::Duration verify_interval = absl::Seconds(5);
  // Between two looks at closed years for late changes.
  absl::Duration restate_interval = absl::Seconds(2);
};

// The whole service, composed. INVALID_ARGUMENT for a malformed DSN or metrics.json. An unreachable database
// is no error here: the service says NOT_SERVING until the stored cells are loaded, and then serves whether
// or not the database and the other services answer.
absl::StatusOr<std::unique_ptr<service::HostedService>> CreateService(const service::Config& config,
                                                                      const Options& options);

// Asks the processes on this database to compute the cells of every town under the prefix ("" is all) anew
// from the records; those that run begin within a flush interval. Returns how many towns.
absl::StatusOr<int64_t> RequestRebuilds(const std::string& dsn, const std::string& prefix);

}  // namespace zhenhui::reporting
