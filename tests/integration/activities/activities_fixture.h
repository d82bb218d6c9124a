#pragma once
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include "absl/status/status.h"
#include "services/activities/service.h"
#include "tests/testing/activities/samples.h"
#include "tests/testing/fake_clock.h"
#include "tests/testing/service_host.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::activities::testing {

using Stub = v1::ActivityService::Stub;

// A townships service that knows the sample town with its village, over a real channel.
class TownshipsDouble final : public zhenhui::townships::v1::TownshipService::Service {
 public:
  TownshipsDouble();
  ~TownshipsDouble() override;
  std::shared_ptr<grpc::Channel> Channel();
  void SetDown(bool down) { down_ = down; }

  grpc::Status GetTownship(grpc::ServerContext*, const zhenhui::townships::v1::GetTownshipRequest* request,
                           zhenhui::townships::v1::GetTownshipResponse* response) override;
  grpc::Status ListVillages(grpc::ServerContext*, const zhenhui::townships::v1::ListVillagesRequest* request,
                            zhenhui::townships::v1::ListVillagesResponse* response) override;
  // District 630106, whose rule is `due_day`.
  grpc::Status GetDistrict(grpc::ServerContext*, const zhenhui::townships::v1::GetDistrictRequest* request,
                           zhenhui::townships::v1::GetDistrictResponse* response) override;
  grpc::Status ListTownships(grpc::ServerContext*,
                             const zhenhui::townships::v1::ListTownshipsRequest* request,
                             zhenhui::townships::v1::ListTownshipsResponse* response) override;
  std::atomic<int> due_day{5};

 private:
  std::atomic<bool> down_{false};
  std::unique_ptr<grpc::Server> server_;
};

// The whole service; each test has an empty database. Today is 2024-06-30.
class ActivitiesTest : public ::testing::Test {
 protected:
  ActivitiesTest();

  std::unique_ptr<Stub> As(auth::Role role, const std::string& scope = kTown) {
    return v1::ActivityService::NewStub(host_.Channel(role, scope));
  }
  Stub& reporter() { return *reporter_; }

  TownshipsDouble townships_;
  zhenhui::testing::FakeClock clock_;
  zhenhui::testing::ServiceHost host_;
  std::unique_ptr<Stub> reporter_;
};

// A context with a deadline of 20 seconds.
std::unique_ptr<grpc::ClientContext> Context(absl::Duration timeout = absl::Seconds(20));

// The sample activity as a client sends it.
v1::Activity MakeMessage(const std::string& id, const std::string& date = "2024-03-05", int64_t issues = 2);

// One unary push; the outcomes as "CREATED 1" or "REFUSED ID_IN_USE".
std::vector<std::string> Push(Stub& stub, const std::vector<v1::Activity>& activities,
                              const std::string& reason = "");
std::vector<std::string> Outcomes(
    const google::protobuf::RepeatedPtrField<zhenhui::common::v1::RecordResult>& results);

v1::BatchPushActivitiesRequest MakeBatch(const std::vector<v1::Activity>& activities,
                                         const std::string& reason = "");

// The status as the client sees it, with its reason.
absl::Status Seen(const grpc::Status& status);

}  // namespace zhenhui::activities::testing
