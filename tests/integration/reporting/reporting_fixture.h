#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "absl/status/statusor.h"
#include "common/rpc/channel.h"
#include "common/rpc/server.h"
#include "services/reporting/service.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/service_host.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::reporting::testing {

inline constexpr char kTown[] = "630106101";
inline constexpr char kOtherTown[] = "630106102";

using Activities = activities::v1::ActivityService::Stub;
using Townships = townships::v1::TownshipService::Stub;
using Rollups = v1::RollupService::Stub;
using common::v1::FeedPosition;

// Calls a unary method; the answer, or the error with its reason.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request, absl::Duration timeout = absl::Seconds(20));

// The reporting service on a database that outlives it, so that it can be stopped, tampered with and started
// again.
class ReportingHost {
 public:
  ReportingHost(const Clock& clock, Options options);
  ~ReportingHost() { Stop(); }

  void Start();  // returns when it serves
  void StartWithoutWaiting();
  void Stop();
  // Whether the last word of the health callback was "serving".
  bool WaitForServing(bool serving, absl::Duration timeout = absl::Seconds(10)) const;

  std::unique_ptr<Rollups> As(auth::Role role, const std::string& scope);
  // A channel whose calls carry this token.
  std::shared_ptr<grpc::Channel> ChannelWith(const std::string& token);
  // The port of loopback on which it listens.
  int port() const { return port_; }
  const std::string& dsn() const { return dsn_; }
  Options& options() { return options_; }

 private:
  struct Health;
  const Clock& clock_;
  Options options_;
  zhenhui::testing::TestDatabase database_;
  const std::string dsn_;
  metrics::Registry metrics_;
  std::shared_ptr<Health> health_;
  std::unique_ptr<service::HostedService> service_;
  std::unique_ptr<rpc::Server> server_;
  int port_ = 0;
};

// All three real services over real channels, each on a database of its own. Today is 2024-06-30. The
// district 630106 has two towns with three villages each.
class ReportingTest : public ::testing::Test {
 protected:
  ReportingTest();

  // Each returns the position of the write.
  FeedPosition Push(const std::vector<activities::v1::Activity>& activities, const std::string& reason = "");
  FeedPosition Delete(const std::string& id);
  FeedPosition Confirm(const std::string& month);
  FeedPosition AddCounsel(const std::string& id, const std::vector<std::string>& villages,
                          const std::string& valid_from = "2024-01-01");

  // One figure of kTown over 2024 that includes the positions.
  absl::StatusOr<v1::Figure> Figure(const std::string& metric,
                                    const std::vector<FeedPosition>& positions = {},
                                    absl::Duration timeout = absl::Seconds(20));
  int64_t Value(const std::string& metric, const std::vector<FeedPosition>& positions = {});
  // Runs a statement in the database of a service.
  static void Sql(const std::string& dsn, const std::string& statement);
  // Until everything that is applied is stored too.
  bool WaitUntilFlushed();
  v1::VerifyTotalsResponse Verify();

  zhenhui::testing::FakeClock clock_;
  std::unique_ptr<zhenhui::testing::ServiceHost> townships_;
  std::unique_ptr<zhenhui::testing::ServiceHost> activities_;
  std::unique_ptr<ReportingHost> reporting_;
  std::unique_ptr<Townships> townships_admin_;
  std::unique_ptr<Activities> reporter_;
};

activities::v1::Activity MakeActivity(const std::string& id, const std::string& kind, const std::string& date,
                                      const std::vector<std::pair<std::string, int64_t>>& measures,
                                      const std::string& village = "");
v1::QueryRollupRequest MakeQuery(const std::vector<std::string>& metrics);
v1::CompareTownshipsRequest MakeCompare(const std::vector<std::string>& metrics);

// --- Implementation of the template ---
absl::Status Seen(const grpc::Status& status);

template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(Stub& stub,
                              grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                              const Request& request, absl::Duration timeout) {
  grpc::ClientContext context;
  rpc::PrepareContext(&context, timeout);
  Response response;
  const grpc::Status status = (stub.*method)(&context, request, &response);
  if (!status.ok()) return Seen(status);
  return response;
}

}  // namespace zhenhui::reporting::testing
