#include "clients/zhenhui/client/connection.h"

#include <map>

#include "common/status/status_macros.h"

namespace zhenhui::cli {

absl::StatusOr<std::unique_ptr<Connection>> Connection::Create(const ConnectionOptions& options) {
  rpc::ChannelOptions channel_options;
  channel_options.tls = options.tls;
  if (!options.token.empty()) {
    channel_options.token = [token = options.token] { return token; };
  }
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels;
  for (const std::string& address : {options.townships, options.activities, options.reporting}) {
    if (channels.count(address) > 0) continue;
    ASSIGN_OR_RETURN(channels[address], rpc::Connect(address, channel_options));
  }
  std::unique_ptr<Connection> connection(new Connection(options));
  connection->townships_ = townships::v1::TownshipService::NewStub(channels[options.townships]);
  connection->activities_ = activities::v1::ActivityService::NewStub(channels[options.activities]);
  connection->plans_ = activities::v1::PlanService::NewStub(channels[options.activities]);
  connection->oversight_ = reporting::v1::OversightService::NewStub(channels[options.reporting]);
  connection->reporting_ = reporting::v1::RollupService::NewStub(channels[options.reporting]);
  connection->reports_ = reporting::v1::ReportService::NewStub(channels[options.reporting]);
  connection->year_ends_ = reporting::v1::YearEndService::NewStub(channels[options.reporting]);
  connection->history_ = reporting::v1::HistoryService::NewStub(channels[options.reporting]);
  return connection;
}

}  // namespace zhenhui::cli
