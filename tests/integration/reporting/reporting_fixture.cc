#include "tests/integration/reporting/reporting_fixture.h"

#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/status_to_grpc.h"
#include "services/activities/service.h"
#include "services/townships/service.h"
#include "tests/testing/test_tokens.h"

namespace zhenhui::reporting::testing {

using zhenhui::testing::ServiceHost;
using zhenhui::testing::TestDatabase;
using zhenhui::testing::TestVerifier;

absl::Status Seen(const grpc::Status& status) { return rpc::FromGrpc(status); }

// --- ReportingHost ---

struct ReportingHost::Health {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<bool> serving;  // guarded by mutex
};

ReportingHost::ReportingHost(const Clock& clock, Options options)
    : clock_(clock),
      options_(std::move(options)),
      database_(TestDatabase::Create(
          "reporting",
          [](const std::string& dsn) { return service::Migrate(dsn, ReportingSchema(), "").status(); })),
      dsn_(service::ServiceDsn(database_.dsn(), ReportingSchema()).value()) {}

void ReportingHost::StartWithoutWaiting() {
  service::Config config;
  config.dsn = dsn_;
  config.clock = &clock_;
  config.verifier = TestVerifier();
  config.metrics = &metrics_;
  service_ = CreateService(config, options_).value();
  rpc::ServerOptions server_options;
  server_options.access_log = rpc::AccessLog::kOff;
  server_ = std::make_unique<rpc::Server>(server_options, service_->hosted());
  port_ = server_->Start().value();
  health_ = std::make_shared<Health>();
  service_->Start([health = health_](bool serving) {
    std::lock_guard lock(health->mutex);
    health->serving = serving;
    health->changed.notify_all();
  });
}

void ReportingHost::Start() {
  StartWithoutWaiting();
  if (!WaitForServing(true, absl::Seconds(30)))
    throw std::runtime_error("the reporting service does not serve");
}

void ReportingHost::Stop() {
  if (service_ == nullptr) return;
  service_->Stop();
  server_->Shutdown(absl::Seconds(5));
  server_.reset();
  service_.reset();
}

bool ReportingHost::WaitForServing(bool serving, absl::Duration timeout) const {
  std::unique_lock lock(health_->mutex);
  return health_->changed.wait_for(lock, absl::ToChronoMilliseconds(timeout),
                                   [&] { return health_->serving == serving; });
}

std::unique_ptr<Rollups> ReportingHost::As(auth::Role role, const std::string& scope) {
  return v1::RollupService::NewStub(server_->InProcessChannel(
      [role, scope] { return scope.empty() ? std::string() : zhenhui::testing::Token(role, scope); }));
}

std::shared_ptr<grpc::Channel> ReportingHost::ChannelWith(const std::string& token) {
  return server_->InProcessChannel([token] { return token; });
}

// --- ReportingTest ---

namespace {

// Returns the positions of what was written last.
std::vector<FeedPosition> CreatePlaces(Townships& admin) {
  townships::v1::ImportTownshipsRequest towns;
  townships::v1::ImportVillagesRequest villages;
  townships::v1::ImportPopulationsRequest populations;
  townships::v1::CreateDistrictRequest district;
  district.mutable_district()->set_name("districts/630106");
  district.mutable_district()->set_display_name_zh("示例区");
  if (const auto made = Call(admin, &Townships::CreateDistrict, district); !made.ok()) {
    throw std::runtime_error(made.status().ToString());
  }
  for (const char* code : {kTown, kOtherTown}) {
    const std::string name = absl::StrCat("townships/", code);
    townships::v1::Township& town = *towns.add_townships();
    town.set_name(name);
    town.set_display_name_zh(absl::StrCat("示例镇", code));
    town.set_type(townships::v1::TOWNSHIP_TYPE_TOWN);
    for (int i = 1; i <= 3; ++i) {
      townships::v1::Village& village = *villages.add_villages();
      village.set_name(absl::StrCat(name, "/villages/", code, "20", i));
      village.set_display_name_zh(absl::StrCat("示例", i, "村"));
      village.set_type(townships::v1::VILLAGE_TYPE_VILLAGE);
    }
    townships::v1::Population& population = *populations.add_populations();
    population.set_name(absl::StrCat(name, "/populations/2024"));
    population.set_residents(20'000);
  }
  towns.set_parent("districts/630106");
  villages.set_parent("districts/630106");
  populations.set_parent("districts/630106");
  for (const absl::Status& status : {Call(admin, &Townships::ImportTownships, towns).status(),
                                     Call(admin, &Townships::ImportVillages, villages).status()}) {
    if (!status.ok()) throw std::runtime_error(status.ToString());
  }
  const auto last = Call(admin, &Townships::ImportPopulations, populations);
  if (!last.ok()) throw std::runtime_error(last.status().ToString());
  return {last->positions().begin(), last->positions().end()};
}

}  // namespace

ReportingTest::ReportingTest() {
  townships_ = std::make_unique<ServiceHost>(townships::TownshipsSchema(), townships::CreateService, clock_);
  const auto create = [this](const service::Config& config) {
    return activities::CreateService(config, townships_->Channel(auth::Role::kJob, "*"));
  };
  activities_ = std::make_unique<ServiceHost>(activities::ActivitiesSchema(), create, clock_);
  townships_admin_ = townships::v1::TownshipService::NewStub(townships_->Channel(auth::Role::kAdmin, "*"));
  reporter_ = activities::v1::ActivityService::NewStub(activities_->Channel(auth::Role::kReporter, kTown));
  const std::vector<FeedPosition> places = CreatePlaces(*townships_admin_);
  Options options;
  options.activities = activities_->Channel(auth::Role::kJob, "*");
  options.townships = townships_->Channel(auth::Role::kJob, "*");
  options.flush_interval = absl::Milliseconds(50);
  options.verify_interval = absl::ZeroDuration();
  options.restate_interval = absl::Milliseconds(50);
  reporting_ = std::make_unique<ReportingHost>(clock_, std::move(options));
  reporting_->Start();
  // Every test begins with towns that are known.
  v1::QueryRollupRequest all = MakeQuery({"villages_total"});
  all.mutable_scope()->Clear();
  all.mutable_scope()->set_district("districts/630106");
  for (const FeedPosition& position : places) *all.add_at_least_as_fresh() = position;
  const auto known = Call(*reporting_->As(auth::Role::kAdmin, "*"), &Rollups::QueryRollup, all);
  if (!known.ok()) throw std::runtime_error(known.status().ToString());
}

FeedPosition ReportingTest::Push(const std::vector<activities::v1::Activity>& activities,
                                 const std::string& reason) {
  activities::v1::BatchPushActivitiesRequest request;
  request.set_parent(absl::StrCat("townships/", kTown));
  request.set_reason(reason);
  for (const auto& activity : activities) *request.add_activities() = activity;
  const auto response = Call(*reporter_, &Activities::BatchPushActivities, request);
  EXPECT_TRUE(response.ok()) << response.status();
  for (const auto& result : response->results()) {
    EXPECT_NE(result.outcome(), common::v1::OUTCOME_REFUSED) << result.DebugString();
  }
  return response->position();
}

FeedPosition ReportingTest::Delete(const std::string& id) {
  activities::v1::DeleteActivityRequest request;
  request.set_name(absl::StrCat("townships/", kTown, "/activities/", id));
  request.set_reason("entered twice");
  const auto response = Call(*reporter_, &Activities::DeleteActivity, request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response->position();
}

FeedPosition ReportingTest::Confirm(const std::string& month) {
  activities::v1::ConfirmMonthRequest request;
  request.set_parent(absl::StrCat("townships/", kTown));
  request.set_month(month);
  const auto response = Call(*reporter_, &Activities::ConfirmMonth, request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response->position();
}

FeedPosition ReportingTest::AddCounsel(const std::string& id, const std::vector<std::string>& villages,
                                       const std::string& valid_from) {
  townships::v1::CreateRosterEntryRequest request;
  request.set_parent(absl::StrCat("townships/", kTown));
  townships::v1::RosterEntry& entry = *request.mutable_roster_entry();
  entry.set_name(absl::StrCat("townships/", kTown, "/rosterEntries/", id));
  entry.set_role(townships::v1::ROSTER_ROLE_LEGAL_COUNSEL);
  entry.set_display_name(absl::StrCat("示例律师", id));
  entry.set_valid_from(valid_from);
  for (const std::string& village : villages) entry.add_villages(village);
  const auto response = Call(*townships_admin_, &Townships::CreateRosterEntry, request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response->position();
}

absl::StatusOr<v1::Figure> ReportingTest::Figure(const std::string& metric,
                                                 const std::vector<FeedPosition>& positions,
                                                 absl::Duration timeout) {
  v1::QueryRollupRequest request = MakeQuery({metric});
  for (const FeedPosition& position : positions) *request.add_at_least_as_fresh() = position;
  const auto stub = reporting_->As(auth::Role::kReporter, kTown);
  const auto response = Call(*stub, &Rollups::QueryRollup, request, timeout);
  if (!response.ok()) return response.status();
  return response->rows(0).figure();
}

int64_t ReportingTest::Value(const std::string& metric, const std::vector<FeedPosition>& positions) {
  const auto figure = Figure(metric, positions);
  EXPECT_TRUE(figure.ok()) << figure.status();
  return figure.ok() ? figure->value() : -1;
}

void ReportingTest::Sql(const std::string& dsn, const std::string& statement) {
  pqxx::connection connection(dsn);
  pqxx::work tx(connection);
  tx.exec(statement);
  tx.commit();
}

bool ReportingTest::WaitUntilFlushed() {
  v1::GetFreshnessRequest request;
  request.mutable_scope()->set_district("districts/630106");
  const auto stub = reporting_->As(auth::Role::kAdmin, "*");
  for (const absl::Time until = absl::Now() + absl::Seconds(10); absl::Now() < until;) {
    const auto freshness = Call(*stub, &Rollups::GetFreshness, request);
    bool flushed = freshness.ok();
    for (int i = 0; flushed && i < freshness->feeds_size(); ++i) {
      flushed = freshness->feeds(i).flushed_revision() == freshness->feeds(i).head_revision();
    }
    if (flushed) return true;
    absl::SleepFor(absl::Milliseconds(10));
  }
  return false;
}

v1::VerifyTotalsResponse ReportingTest::Verify() {
  v1::VerifyTotalsRequest request;
  request.mutable_scope()->set_district("districts/630106");
  const auto stub = reporting_->As(auth::Role::kJob, "*");
  const auto response = Call(*stub, &Rollups::VerifyTotals, request);
  EXPECT_TRUE(response.ok()) << response.status();
  return response.value_or(v1::VerifyTotalsResponse());
}

activities::v1::Activity MakeActivity(const std::string& id, const std::string& kind, const std::string& date,
                                      const std::vector<std::pair<std::string, int64_t>>& measures,
                                      const std::string& village) {
  activities::v1::Activity activity;
  activity.set_name(absl::StrCat("townships/", kTown, "/activities/", id));
  activity.set_kind(kind);
  activity.set_date(date);
  activity.set_title(absl::StrCat("示例 ", id));
  activity.set_village(village);
  for (const auto& [measure, amount] : measures) (*activity.mutable_measures())[measure] = amount;
  return activity;
}

v1::QueryRollupRequest MakeQuery(const std::vector<std::string>& metrics) {
  v1::QueryRollupRequest request;
  request.mutable_scope()->add_townships(absl::StrCat("townships/", kTown));
  for (const std::string& metric : metrics) request.add_metrics("metrics/" + metric);
  request.set_start_date("2024-01-01");
  request.set_end_date("2024-12-31");
  return request;
}

v1::CompareTownshipsRequest MakeCompare(const std::vector<std::string>& metrics) {
  v1::CompareTownshipsRequest request;
  request.mutable_scope()->set_district("districts/630106");
  for (const std::string& metric : metrics) request.add_metrics("metrics/" + metric);
  request.set_start_date("2024-01-01");
  request.set_end_date("2024-12-31");
  return request;
}

}  // namespace zhenhui::reporting::testing
