#include "tests/bench/load.h"

#include <algorithm>
#include <exception>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "tests/bench/must.h"
#include "zhenhui/activities/v1/activity_service.grpc.pb.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"
#include "zhenhui/townships/v1/township_service.grpc.pb.h"

namespace zhenhui::bench {
namespace {

namespace places = zhenhui::townships::v1;
constexpr size_t kUnderWay = 3;

std::string TownName(int town) { return "townships/" + samples::SyntheticTownship(town, Shape()); }

template <typename Response>
void MustAccept(const grpc::Status& status, const Response& response) {
  Must(status);
  for (const common::v1::RecordResult& result : response.results()) {
    if (result.outcome() != common::v1::OUTCOME_CREATED) Must(false, result.ShortDebugString());
  }
}

places::ImportVillagesRequest VillagesOf(const std::string& township) {
  places::ImportVillagesRequest request;
  request.set_parent("districts/" + Shape().district);
  for (int i = 0; i < Shape().villages_per_town; ++i) {
    places::Village* village = request.add_villages();
    const std::string code = samples::SyntheticVillage(township, i);
    village->set_name(absl::StrCat("townships/", township, "/villages/", code));
    village->set_display_name_zh(absl::StrCat("示例", i + 1, "村"));
    village->set_type(places::VILLAGE_TYPE_VILLAGE);
  }
  return request;
}

void ImportTowns(places::TownshipService::Stub& stub) {
  const std::string parent = "districts/" + Shape().district;
  places::ImportTownshipsRequest towns;
  places::ImportPopulationsRequest residents;
  towns.set_parent(parent);
  residents.set_parent(parent);
  for (int i = 0; i < kTowns; ++i) {
    places::Township* town = towns.add_townships();
    town->set_name(TownName(i));
    town->set_display_name_zh(absl::StrCat("示例", i + 1, "镇"));
    town->set_type(places::TOWNSHIP_TYPE_TOWN);
    for (const int year : {2023, 2024}) {
      places::Population* population = residents.add_populations();
      population->set_name(absl::StrCat(TownName(i), "/populations/", year));
      population->set_residents(20000 + 1009 * i + year);
    }
  }
  grpc::ClientContext a, b;
  places::ImportTownshipsResponse imported;
  MustAccept(stub.ImportTownships(&a, towns, &imported), imported);
  for (int i = 0; i < kTowns; ++i) {
    grpc::ClientContext context;
    places::ImportVillagesResponse villages;
    MustAccept(stub.ImportVillages(&context, VillagesOf(samples::SyntheticTownship(i, Shape())), &villages),
               villages);
  }
  places::ImportPopulationsResponse counted;
  MustAccept(stub.ImportPopulations(&b, residents, &counted), counted);
}

void FillActivity(const samples::Record& record, activities::v1::Activity* out) {
  out->set_name(absl::StrCat("townships/", record.township, "/activities/", record.id));
  out->set_kind(record.kind);
  out->set_date(FormatDate(record.date));
  out->set_village(record.village);
  out->set_title(record.title);
  for (const std::string& audience : record.audiences) out->add_audiences(audience);
  for (const std::string& channel : record.channels) out->add_channels(channel);
  for (const std::string& partner : record.partners) out->add_partners(partner);
  for (const auto& [code, value] : record.measures) (*out->mutable_measures())[code] = value;
  out->set_note(record.note);
}

common::v1::FeedPosition PushTown(activities::v1::ActivityService::Stub& stub, int town,
                                  const Batches& batches, const OnAcknowledged& told) {
  grpc::ClientContext context;
  const auto stream = stub.PushActivities(&context);
  common::v1::FeedPosition position;
  size_t acknowledged = 0;
  activities::v1::PushActivitiesResponse response;
  const auto read = [&] {
    if (!stream->Read(&response)) Must(stream->Finish());
    MustAccept(grpc::Status::OK, response);
    position = response.position();
    if (told) told(town, acknowledged, position);
    ++acknowledged;
  };
  for (size_t sent = 0; sent < batches.size(); ++sent) {
    if (sent - acknowledged >= kUnderWay) read();
    if (!stream->Write(batches[sent])) Must(stream->Finish());
  }
  stream->WritesDone();
  while (acknowledged < batches.size()) read();
  Must(stream->Finish());
  return position;
}

}  // namespace

samples::SyntheticOptions Shape() { return {.towns = kTowns}; }

void ImportPlaces(Stand& stand) {
  const auto channel = stand.Connect();
  places::TownshipService::Stub register_stub(channel);
  places::CreateDistrictRequest district;
  district.mutable_district()->set_name("districts/" + Shape().district);
  district.mutable_district()->set_display_name_zh("示例区");
  grpc::ClientContext context;
  places::CreateDistrictResponse created;
  Must(register_stub.CreateDistrict(&context, district, &created));
  ImportTowns(register_stub);

  activities::v1::ActivityService::Stub stub(channel);
  for (int town = 0; town < kTowns; ++town) {
    for (int month = 1; month <= 12; ++month) {
      activities::v1::ConfirmMonthRequest request;
      request.set_parent(TownName(town));
      request.set_month(absl::StrFormat("2024-%02d", month));
      grpc::ClientContext call;
      activities::v1::ConfirmMonthResponse response;
      Must(stub.ConfirmMonth(&call, request, &response));
    }
  }
}

std::vector<Batches> MakeBatches(uint64_t first, uint64_t count) {
  std::vector<Batches> towns(kTowns);
  for (uint64_t i = first; i < first + count; ++i) {
    const samples::Record record = samples::Synthetic(i, Shape());
    const int town = static_cast<int>(i % kTowns);
    Batches& batches = towns[static_cast<size_t>(town)];
    if (batches.empty() || batches.back().activities_size() == kBatch) {
      batches.emplace_back().set_parent(TownName(town));
      batches.back().set_batch_id(static_cast<int64_t>(batches.size()));
      batches.back().set_reason("bench: the months are confirmed already");
    }
    FillActivity(record, batches.back().add_activities());
  }
  return towns;
}

Positions PushAll(Stand& stand, const std::vector<Batches>& towns, const OnAcknowledged& told) {
  Positions positions(towns.size());
  std::vector<std::shared_ptr<grpc::Channel>> channels;
  for (size_t i = 0; i < towns.size(); ++i) channels.push_back(stand.Connect());
  std::mutex mu;
  std::exception_ptr failure;
  std::vector<std::thread> threads;
  for (size_t i = 0; i < towns.size(); ++i) {
    threads.emplace_back([&, i] {
      try {
        activities::v1::ActivityService::Stub stub(channels[i]);
        positions[i] = PushTown(stub, static_cast<int>(i), towns[i], told);
      } catch (...) {
        std::lock_guard lock(mu);
        failure = std::current_exception();
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
  return positions;
}

void AwaitCounted(Stand& stand, const Positions& positions) {
  reporting::v1::RollupService::Stub stub(stand.InProcess());
  reporting::v1::QueryRollupRequest request;
  request.mutable_scope()->set_district("districts/" + Shape().district);
  request.add_metrics("metrics/publicity_events");
  request.set_start_date("2024-01-01");
  request.set_end_date("2024-12-31");
  for (const common::v1::FeedPosition& position : positions) *request.add_at_least_as_fresh() = position;
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + absl::Seconds(60)));
  reporting::v1::QueryRollupResponse response;
  Must(stub.QueryRollup(&context, request, &response));
}

void PushRange(Stand& stand, uint64_t first, uint64_t last) {
  constexpr uint64_t kPart = 10 * kTowns * kBatch;
  Positions positions;
  for (uint64_t from = first; from < last; from += kPart)
    positions = PushAll(stand, MakeBatches(from, std::min(kPart, last - from)));
  if (!positions.empty()) AwaitCounted(stand, positions);
}

}  // namespace zhenhui::bench
