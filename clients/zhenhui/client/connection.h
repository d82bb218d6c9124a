#pragma once
#include <memory>
#include <string>

#include <grpcpp/grpcpp.h>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/activities/v1/plan_service.grpc.pb.h"
#include "zhenhui/reporting/v1/history_service.grpc.pb.h"
#include "zhenhui/reporting/v1/oversight_service.grpc.pb.h"
#include "zhenhui/reporting/v1/report_service.grpc.pb.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"
#include "zhenhui/reporting/v1/year_end_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::cli {

struct ConnectionOptions {
  std::string townships;  // addresses, "host:port"
  std::string activities;
  std::string reporting;
  std::string token;  // bearer token; empty for none
  rpc::ChannelTls tls;
  absl::Duration timeout = absl::Seconds(30);  // of one call
};

// The three services. One address that serves several of them gets one channel. Thread-safe.
class Connection {
 public:
  static absl::StatusOr<std::unique_ptr<Connection>> Create(const ConnectionOptions& options);

  townships::v1::TownshipService::Stub& townships() { return *townships_; }
  activities::v1::ActivityService::Stub& activities() { return *activities_; }
  activities::v1::PlanService::Stub& plans() { return *plans_; }
  reporting::v1::OversightService::Stub& oversight() { return *oversight_; }
  reporting::v1::RollupService::Stub& reporting() { return *reporting_; }
  reporting::v1::ReportService::Stub& reports() { return *reports_; }
  reporting::v1::YearEndService::Stub& year_ends() { return *year_ends_; }
  reporting::v1::HistoryService::Stub& history() { return *history_; }

  // One unary call with the timeout:
  //   connection.Call(connection.activities(), &ActivityService::Stub::GetActivity, request, &response)
  template <typename Stub, typename Request, typename Response>
  absl::Status Call(Stub& stub, grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                    const Request& request, Response* response) {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, options_.timeout);
    return rpc::FromGrpc((stub.*method)(&context, request, response));
  }

  const ConnectionOptions& options() const { return options_; }

 private:
  explicit Connection(ConnectionOptions options) : options_(std::move(options)) {}

  const ConnectionOptions options_;
  std::unique_ptr<townships::v1::TownshipService::Stub> townships_;
  std::unique_ptr<activities::v1::ActivityService::Stub> activities_;
  std::unique_ptr<activities::v1::PlanService::Stub> plans_;
  std::unique_ptr<reporting::v1::OversightService::Stub> oversight_;
  std::unique_ptr<reporting::v1::RollupService::Stub> reporting_;
  std::unique_ptr<reporting::v1::ReportService::Stub> reports_;
  std::unique_ptr<reporting::v1::YearEndService::Stub> year_ends_;
  std::unique_ptr<reporting::v1::HistoryService::Stub> history_;
};

}  // namespace zhenhui::cli
