#include "tests/testing/clients/fake_services.h"

#include <chrono>
#include <stdexcept>

#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"

namespace zhenhui::testing {
namespace {

using activities::v1::Activity;

void AddKind(activities::v1::ListKindsResponse* response, const std::string& code, const std::string& zh,
             const std::string& measure, const std::string& measure_zh) {
  auto* kind = response->add_kinds();
  kind->set_code(code);
  kind->set_display_name_zh(zh);
  kind->set_display_name_en(code);
  auto* one = kind->add_measures();
  one->set_code(measure);
  one->set_display_name_zh(measure_zh);
}

// What makes two contents the same; everything that the server fills in is left out.
std::string Content(Activity activity) {
  for (const char* field : {"etag", "state", "revision", "revision_reason", "update_time", "updated_by"}) {
    activity.GetReflection()->ClearField(&activity, activity.GetDescriptor()->FindFieldByName(field));
  }
  return activity.ShortDebugString();
}

grpc::Status NotFound(const std::string& reason) {
  return rpc::ToGrpc(Error(absl::StatusCode::kNotFound, reason, "not found"));
}

void FillTownship(townships::v1::Township* township) {
  township->set_name("townships/630106101");
  township->set_display_name_zh("上新庄镇");
}

}  // namespace

size_t FakeActivities::StoredCount() {
  const std::lock_guard lock(mu_);
  return stored_.size();
}

Activity FakeActivities::Stored(const std::string& id) {
  const std::lock_guard lock(mu_);
  return stored_["townships/630106101/activities/" + id];
}

grpc::Status FakeActivities::ListKinds(grpc::ServerContext*, const activities::v1::ListKindsRequest*,
                                       activities::v1::ListKindsResponse* response) {
  AddKind(response, "law_lecture", "法治讲座", "attendances", "参加人次");
  AddKind(response, "mediation", "人民调解", "cases", "调解件数");
  auto* audience = response->add_audiences();
  audience->set_code("students");
  audience->set_display_name_zh("学生");
  auto* channel = response->add_channels();
  channel->set_code("lecture");
  channel->set_display_name_zh("讲座");
  return grpc::Status::OK;
}

common::v1::RecordResult FakeActivities::PushOne(const std::string& parent, const Activity& pushed,
                                                 bool write) {
  common::v1::RecordResult result;
  result.set_id(pushed.name());
  if (pushed.date() > "2025-12-31") {
    result.set_outcome(common::v1::OUTCOME_REFUSED);
    auto* violation = result.add_violations();
    violation->set_field("date");
    violation->set_reason("DATE_IN_FUTURE");
    violation->set_description("the date lies in the future");
    return result;
  }
  Activity activity = pushed;
  activity.set_name(parent + "/activities/" + pushed.name());
  const auto found = stored_.find(activity.name());
  if (found != stored_.end() && Content(found->second) == Content(activity)) {
    result.set_outcome(common::v1::OUTCOME_UNCHANGED);
    return result;
  }
  if (found != stored_.end() && found->second.etag() != pushed.etag()) {
    result.set_outcome(common::v1::OUTCOME_REFUSED);
    result.add_violations()->set_reason("ID_IN_USE");
    return result;
  }
  result.set_outcome(found == stored_.end() ? common::v1::OUTCOME_CREATED : common::v1::OUTCOME_UPDATED);
  if (!write) return result;
  activity.set_revision(++revision);
  activity.set_etag(std::to_string(activity.revision()));
  stored_[activity.name()] = activity;
  return result;
}

grpc::Status FakeActivities::PushActivities(
    grpc::ServerContext*,
    grpc::ServerReaderWriter<activities::v1::PushActivitiesResponse, activities::v1::PushActivitiesRequest>*
        stream) {
  ++pushes;
  activities::v1::PushActivitiesRequest request;
  while (stream->Read(&request)) {
    activities::v1::PushActivitiesResponse response;
    response.set_batch_id(request.batch_id());
    {
      const std::lock_guard lock(mu_);
      for (const Activity& activity : request.activities()) {
        *response.add_results() = PushOne(request.parent(), activity, !request.validate_only());
      }
    }
    response.mutable_position()->set_feed(common::v1::FEED_ACTIVITIES);
    response.mutable_position()->set_township(request.parent());
    response.mutable_position()->set_revision(revision);
    // Stored, but the acknowledgement is lost: the hardest moment for a client.
    if (break_after_batches > 0 && --break_after_batches == 0) {
      break_after_batches = -1;
      return grpc::Status(grpc::StatusCode::UNAVAILABLE, "broken on purpose");
    }
    stream->Write(response);
  }
  return grpc::Status::OK;
}

grpc::Status FakeActivities::GetActivity(grpc::ServerContext*,
                                         const activities::v1::GetActivityRequest* request,
                                         activities::v1::GetActivityResponse* response) {
  const std::lock_guard lock(mu_);
  const auto found = stored_.find(request->name());
  if (found == stored_.end()) return NotFound("ACTIVITY_NOT_FOUND");
  *response->mutable_activity() = found->second;
  return grpc::Status::OK;
}

grpc::Status FakeActivities::ListActivities(grpc::ServerContext*,
                                            const activities::v1::ListActivitiesRequest* request,
                                            activities::v1::ListActivitiesResponse* response) {
  const std::lock_guard lock(mu_);
  for (const auto& [name, activity] : stored_) {
    if (name.compare(0, request->parent().size(), request->parent()) == 0)
      *response->add_activities() = activity;
  }
  last_order_ = request->order_by();
  return grpc::Status::OK;
}

grpc::Status FakeActivities::UpdateActivity(grpc::ServerContext*,
                                            const activities::v1::UpdateActivityRequest* request,
                                            activities::v1::UpdateActivityResponse* response) {
  const std::lock_guard lock(mu_);
  const auto found = stored_.find(request->activity().name());
  if (found == stored_.end()) return NotFound("ACTIVITY_NOT_FOUND");
  if (found->second.etag() != request->activity().etag()) {
    return rpc::ToGrpc(Error(absl::StatusCode::kAborted, "ETAG_MISMATCH", "changed meanwhile"));
  }
  for (const auto& [code, value] : request->activity().measures())
    (*found->second.mutable_measures())[code] = value;
  found->second.set_revision(++revision);
  found->second.set_etag(std::to_string(revision));
  *response->mutable_activity() = found->second;
  response->mutable_position()->set_feed(common::v1::FEED_ACTIVITIES);
  response->mutable_position()->set_township("townships/630106101");
  response->mutable_position()->set_revision(revision);
  return grpc::Status::OK;
}

grpc::Status FakeActivities::GetCompleteness(grpc::ServerContext*,
                                             const activities::v1::GetCompletenessRequest* request,
                                             activities::v1::GetCompletenessResponse* response) {
  auto* town = response->add_townships();
  town->set_township(request->parent());
  for (int month = 1; month <= 12; ++month) {
    auto* added = town->add_months();
    added->set_month(std::to_string(request->year()) + (month < 10 ? "-0" : "-") + std::to_string(month));
    added->set_state(month == 3 ? activities::v1::MONTH_STATE_LATE : activities::v1::MONTH_STATE_MISSING);
  }
  town->set_complete_percent("8.33");
  town->set_timely_percent("0.00");
  return grpc::Status::OK;
}

grpc::Status FakeActivities::ConfirmMonth(grpc::ServerContext*,
                                          const activities::v1::ConfirmMonthRequest* request,
                                          activities::v1::ConfirmMonthResponse* response) {
  if (request->month() > "2025-12") {
    return rpc::ToGrpc(Error(absl::StatusCode::kInvalidArgument, "MONTH_IN_FUTURE", "not yet"));
  }
  response->mutable_month_confirmation()->set_month(request->month());
  response->mutable_month_confirmation()->set_revision(++revision);
  return grpc::Status::OK;
}

grpc::Status FakeTownships::GetDistrict(grpc::ServerContext*,
                                        const townships::v1::GetDistrictRequest* request,
                                        townships::v1::GetDistrictResponse* response) {
  if (!district_exists) return NotFound("DISTRICT_NOT_FOUND");
  response->mutable_district()->set_name(request->name());
  return grpc::Status::OK;
}

grpc::Status FakeTownships::CreateDistrict(grpc::ServerContext*,
                                           const townships::v1::CreateDistrictRequest* request,
                                           townships::v1::CreateDistrictResponse* response) {
  district_exists = true;
  *response->mutable_district() = request->district();
  return grpc::Status::OK;
}

grpc::Status FakeTownships::ListDistricts(grpc::ServerContext*, const townships::v1::ListDistrictsRequest*,
                                          townships::v1::ListDistrictsResponse* response) {
  response->add_districts()->set_name("districts/630106");
  return grpc::Status::OK;
}

grpc::Status FakeTownships::ListTownships(grpc::ServerContext*, const townships::v1::ListTownshipsRequest*,
                                          townships::v1::ListTownshipsResponse* response) {
  FillTownship(response->add_townships());
  return grpc::Status::OK;
}

grpc::Status FakeTownships::GetTownship(grpc::ServerContext*, const townships::v1::GetTownshipRequest*,
                                        townships::v1::GetTownshipResponse* response) {
  FillTownship(response->mutable_township());
  return grpc::Status::OK;
}

grpc::Status FakeTownships::ListVillages(grpc::ServerContext*, const townships::v1::ListVillagesRequest*,
                                         townships::v1::ListVillagesResponse* response) {
  auto* village = response->add_villages();
  village->set_name("townships/630106101/villages/630106101201");
  village->set_display_name_zh("示例一村");
  return grpc::Status::OK;
}

grpc::Status FakeTownships::ImportRosterEntries(grpc::ServerContext*,
                                                const townships::v1::ImportRosterEntriesRequest* request,
                                                townships::v1::ImportRosterEntriesResponse* response) {
  for (const auto& entry : request->roster_entries()) {
    auto* result = response->add_results();
    result->set_index(response->results_size() - 1);
    if (entry.role() == townships::v1::ROSTER_ROLE_UNSPECIFIED) {
      result->set_outcome(common::v1::OUTCOME_REFUSED);
      auto* violation = result->add_violations();
      violation->set_field("role");
      violation->set_reason("ROLE_MISSING");
      continue;
    }
    const bool fresh = roster.emplace(entry.name(), entry).second;
    result->set_outcome(fresh ? common::v1::OUTCOME_CREATED : common::v1::OUTCOME_UNCHANGED);
  }
  return grpc::Status::OK;
}

void FakeServer::Start() {
  grpc::ServerBuilder builder;
  int bound = 0;
  builder.AddListeningPort("127.0.0.1:" + std::to_string(port_), grpc::InsecureServerCredentials(), &bound);
  builder.RegisterService(&activities);
  builder.RegisterService(&townships);
  builder.RegisterService(&reporting);
  builder.RegisterService(&reports);
  builder.RegisterService(&plans);
  builder.RegisterService(&oversight);
  server_ = builder.BuildAndStart();
  if (server_ == nullptr) throw std::runtime_error("the fake server cannot listen");
  port_ = bound;
}

void FakeServer::Stop() {
  if (server_ == nullptr) return;
  server_->Shutdown(std::chrono::system_clock::now());  // open calls are cut, as by a kill
  server_->Wait();
  server_ = nullptr;
}

}  // namespace zhenhui::testing
