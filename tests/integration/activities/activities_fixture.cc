#include "tests/integration/activities/activities_fixture.h"

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"

namespace zhenhui::activities::testing {
namespace {

namespace townships_v1 = zhenhui::townships::v1;

}  // namespace

TownshipsDouble::TownshipsDouble() {
  grpc::ServerBuilder builder;
  builder.RegisterService(this);
  server_ = builder.BuildAndStart();
}

TownshipsDouble::~TownshipsDouble() { server_->Shutdown(); }

std::shared_ptr<grpc::Channel> TownshipsDouble::Channel() { return server_->InProcessChannel({}); }

grpc::Status TownshipsDouble::GetTownship(grpc::ServerContext*,
                                          const townships_v1::GetTownshipRequest* request,
                                          townships_v1::GetTownshipResponse* response) {
  if (down_) return {grpc::StatusCode::UNAVAILABLE, "down"};
  if (request->name() != absl::StrCat("townships/", kTown))
    return {grpc::StatusCode::NOT_FOUND, "no such township"};
  response->mutable_township()->set_name(request->name());
  response->mutable_township()->set_display_name_zh("上新庄镇");
  response->mutable_township()->set_valid_from("2001-01-01");
  return grpc::Status::OK;
}

// Two pages, so that the client must turn one.
grpc::Status TownshipsDouble::ListVillages(grpc::ServerContext*,
                                           const townships_v1::ListVillagesRequest* request,
                                           townships_v1::ListVillagesResponse* response) {
  if (down_) return {grpc::StatusCode::UNAVAILABLE, "down"};
  const bool first = request->page_token().empty();
  response->add_villages()->set_name(
      absl::StrCat(request->parent(), "/villages/", first ? "630106101200" : kVillage));
  if (first) response->set_next_page_token("2");
  return grpc::Status::OK;
}

grpc::Status TownshipsDouble::GetDistrict(grpc::ServerContext*,
                                          const townships_v1::GetDistrictRequest* request,
                                          townships_v1::GetDistrictResponse* response) {
  if (down_) return {grpc::StatusCode::UNAVAILABLE, "down"};
  if (request->name() != "districts/630106") return {grpc::StatusCode::NOT_FOUND, "no such district"};
  response->mutable_district()->set_name(request->name());
  response->mutable_district()->set_confirmation_due_day(due_day);
  return grpc::Status::OK;
}

grpc::Status TownshipsDouble::ListTownships(grpc::ServerContext*,
                                            const townships_v1::ListTownshipsRequest* request,
                                            townships_v1::ListTownshipsResponse* response) {
  if (down_) return {grpc::StatusCode::UNAVAILABLE, "down"};
  if (request->parent() == "districts/630106") {
    response->add_townships()->set_name(absl::StrCat("townships/", kTown));
  }
  return grpc::Status::OK;
}

ActivitiesTest::ActivitiesTest()
    : host_(
          ActivitiesSchema(),
          [this](const service::Config& config) { return CreateService(config, townships_.Channel()); },
          clock_),
      reporter_(As(auth::Role::kReporter)) {}

std::unique_ptr<grpc::ClientContext> Context(absl::Duration timeout) {
  auto context = std::make_unique<grpc::ClientContext>();
  rpc::PrepareContext(context.get(), timeout);
  return context;
}

v1::Activity MakeMessage(const std::string& id, const std::string& date, int64_t issues) {
  v1::Activity activity;
  activity.set_name(id);
  activity.set_kind("special_meeting");
  activity.set_date(date);
  activity.set_village(kVillage);
  activity.set_title("专题会议");
  activity.add_audiences("cadres");
  (*activity.mutable_measures())["issues"] = issues;
  return activity;
}

v1::BatchPushActivitiesRequest MakeBatch(const std::vector<v1::Activity>& activities,
                                         const std::string& reason) {
  v1::BatchPushActivitiesRequest request;
  request.set_parent(absl::StrCat("townships/", kTown));
  request.set_reason(reason);
  for (const v1::Activity& activity : activities) *request.add_activities() = activity;
  return request;
}

std::vector<std::string> Outcomes(
    const google::protobuf::RepeatedPtrField<zhenhui::common::v1::RecordResult>& results) {
  std::vector<std::string> out;
  for (const auto& result : results) {
    std::string line = zhenhui::common::v1::Outcome_Name(result.outcome()).substr(8);
    if (result.revision() != 0) absl::StrAppend(&line, " ", result.revision());
    for (const auto& violation : result.violations()) absl::StrAppend(&line, " ", violation.reason());
    out.push_back(line);
  }
  return out;
}

std::vector<std::string> Push(Stub& stub, const std::vector<v1::Activity>& activities,
                              const std::string& reason) {
  v1::BatchPushActivitiesResponse response;
  const grpc::Status status =
      stub.BatchPushActivities(Context().get(), MakeBatch(activities, reason), &response);
  EXPECT_TRUE(status.ok()) << status.error_message();
  return Outcomes(response.results());
}

absl::Status Seen(const grpc::Status& status) { return rpc::FromGrpc(status); }

}  // namespace zhenhui::activities::testing
