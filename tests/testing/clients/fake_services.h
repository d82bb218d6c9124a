#pragma once
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include <grpcpp/grpcpp.h>

#include "tests/testing/clients/fake_oversight.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/reporting/v1/report_service.grpc.pb.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

// Just enough of the services to run the command line against: what is stored lives in maps, the rules are
// the few that the tests need. Register: district 630106 with 630106101 上新庄镇 and its village 630106101201
// 示例一村.
namespace zhenhui::testing {

class FakeActivities final : public activities::v1::ActivityService::Service {
 public:
  // Faults. Each is taken back by the test.
  std::atomic<int> break_after_batches{-1};  // the stream dies unacknowledged after storing so many; -1 never
  std::atomic<int> pushes{0};                // streams opened
  std::atomic<int64_t> revision{0};

  size_t StoredCount();
  activities::v1::Activity Stored(const std::string& id);
  // What the last list was to be ordered by.
  std::string last_order() {
    const std::lock_guard lock(mu_);
    return last_order_;
  }

  grpc::Status ListKinds(grpc::ServerContext*, const activities::v1::ListKindsRequest*,
                         activities::v1::ListKindsResponse* response) override;
  grpc::Status PushActivities(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<activities::v1::PushActivitiesResponse, activities::v1::PushActivitiesRequest>*
          stream) override;
  grpc::Status GetActivity(grpc::ServerContext*, const activities::v1::GetActivityRequest* request,
                           activities::v1::GetActivityResponse* response) override;
  grpc::Status ListActivities(grpc::ServerContext*, const activities::v1::ListActivitiesRequest* request,
                              activities::v1::ListActivitiesResponse* response) override;
  grpc::Status UpdateActivity(grpc::ServerContext*, const activities::v1::UpdateActivityRequest* request,
                              activities::v1::UpdateActivityResponse* response) override;
  // One town, with March confirmed late.
  grpc::Status GetCompleteness(grpc::ServerContext*, const activities::v1::GetCompletenessRequest* request,
                               activities::v1::GetCompletenessResponse* response) override;
  grpc::Status ConfirmMonth(grpc::ServerContext*, const activities::v1::ConfirmMonthRequest* request,
                            activities::v1::ConfirmMonthResponse* response) override;

 private:
  common::v1::RecordResult PushOne(const std::string& parent, const activities::v1::Activity& activity,
                                   bool write);

  std::mutex mu_;
  std::map<std::string, activities::v1::Activity> stored_;  // guarded by mu_; by full name
  std::string last_order_;                                  // guarded by mu_
};

class FakeTownships final : public townships::v1::TownshipService::Service {
 public:
  bool district_exists = true;
  std::map<std::string, townships::v1::RosterEntry> roster;

  grpc::Status GetDistrict(grpc::ServerContext*, const townships::v1::GetDistrictRequest* request,
                           townships::v1::GetDistrictResponse* response) override;
  grpc::Status CreateDistrict(grpc::ServerContext*, const townships::v1::CreateDistrictRequest* request,
                              townships::v1::CreateDistrictResponse* response) override;
  grpc::Status ListDistricts(grpc::ServerContext*, const townships::v1::ListDistrictsRequest*,
                             townships::v1::ListDistrictsResponse* response) override;
  grpc::Status ListTownships(grpc::ServerContext*, const townships::v1::ListTownshipsRequest*,
                             townships::v1::ListTownshipsResponse* response) override;
  grpc::Status GetTownship(grpc::ServerContext*, const townships::v1::GetTownshipRequest*,
                           townships::v1::GetTownshipResponse* response) override;
  grpc::Status ListVillages(grpc::ServerContext*, const townships::v1::ListVillagesRequest*,
                            townships::v1::ListVillagesResponse* response) override;
  grpc::Status ImportRosterEntries(grpc::ServerContext*,
                                   const townships::v1::ImportRosterEntriesRequest* request,
                                   townships::v1::ImportRosterEntriesResponse* response) override;
};

class FakeReporting final : public reporting::v1::RollupService::Service {
 public:
  bool equal = true;
  int64_t figure = 8;  // what ExplainFigure says; its two records sum to 8
  std::atomic<int64_t> applied{0};

  grpc::Status ListMetrics(grpc::ServerContext*, const reporting::v1::ListMetricsRequest*,
                           reporting::v1::ListMetricsResponse* response) override;
  grpc::Status QueryRollup(grpc::ServerContext*, const reporting::v1::QueryRollupRequest* request,
                           reporting::v1::QueryRollupResponse* response) override;
  grpc::Status CompareTownships(grpc::ServerContext*, const reporting::v1::CompareTownshipsRequest* request,
                                reporting::v1::CompareTownshipsResponse* response) override;
  grpc::Status ExplainFigure(grpc::ServerContext*, const reporting::v1::ExplainFigureRequest* request,
                             reporting::v1::ExplainFigureResponse* response) override;
  grpc::Status GetFreshness(grpc::ServerContext*, const reporting::v1::GetFreshnessRequest* request,
                            reporting::v1::GetFreshnessResponse* response) override;
  grpc::Status VerifyTotals(grpc::ServerContext*, const reporting::v1::VerifyTotalsRequest*,
                            reporting::v1::VerifyTotalsResponse* response) override;
};

class FakeReports final : public reporting::v1::ReportService::Service {
 public:
  reporting::v1::CheckReportResponse checked;      // what CheckReport answers
  reporting::v1::CheckReportRequest last_request;  // what it was asked

  grpc::Status CheckReport(grpc::ServerContext*, const reporting::v1::CheckReportRequest* request,
                           reporting::v1::CheckReportResponse* response) override;
};

// The three on one port of loopback. Stop() and Start() keep the port and the records, as a restart does.
class FakeServer {
 public:
  FakeServer() { Start(); }
  ~FakeServer() { Stop(); }

  void Start();
  void Stop();
  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }

  FakeActivities activities;
  FakeTownships townships;
  FakeReporting reporting;
  FakeReports reports;
  FakePlans plans;
  FakeOversight oversight;

 private:
  int port_ = 0;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace zhenhui::testing
