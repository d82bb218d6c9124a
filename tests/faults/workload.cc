#include "tests/faults/workload.h"

#include <stdexcept>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "tests/faults/registrar.h"
#include "tests/faults/reporter.h"

namespace zhenhui::faults {
namespace {

namespace tv1 = townships::v1;

constexpr absl::Duration kPatience = absl::Seconds(90);  // of an actor, with one piece of work

template <typename Message, typename Response>
void Enter(const std::string& type, const google::protobuf::RepeatedPtrField<Message>& sent,
           const Response& response, Ledger& ledger) {
  for (int i = 0; i < sent.size(); ++i) {
    const std::string town = sent[i].name().substr(sizeof("townships/") - 1, 9);
    if (response.results(i).revision() == 0) {
      throw std::runtime_error("not imported: " + response.results(i).ShortDebugString());
    }
    ledger.Acknowledge({"townships", town, type + "/" + LastPart(sent[i].name())}, ContentOf(town, sent[i]),
                       response.results(i).revision());
  }
}

// Calls until it succeeds: the services may be about to start.
template <typename Request, typename Response>
Response Call(tv1::TownshipService::Stub& stub,
              grpc::Status (tv1::TownshipService::Stub::*method)(grpc::ClientContext*, const Request&,
                                                                 Response*),
              const Request& request) {
  const absl::Time give_up = absl::Now() + absl::Seconds(60);
  for (;;) {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, absl::Seconds(5));
    Response response;
    const grpc::Status status = (stub.*method)(&context, request, &response);
    if (status.ok()) return response;
    if (absl::Now() > give_up || !MayRepeat(status.error_code())) {
      throw std::runtime_error("cannot set up the district: " + status.error_message());
    }
    absl::SleepFor(absl::Milliseconds(50));
  }
}

}  // namespace

bool MayRepeat(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::RESOURCE_EXHAUSTED:
    case grpc::StatusCode::ABORTED:
    case grpc::StatusCode::UNKNOWN:  // the connection was lost in the middle of a commit
    case grpc::StatusCode::CANCELLED:
      return true;
    default:
      return false;
  }
}

std::string VillageOf(const std::string& town, int index) { return absl::StrCat(town, 201 + index); }

void SetUpPlaces(const Deployment& deployment, Ledger& ledger) {
  const auto stub = tv1::TownshipService::NewStub(deployment.Townships(auth::Role::kAdmin, "*"));
  tv1::CreateDistrictRequest district;
  district.mutable_district()->set_name("districts/630106");
  district.mutable_district()->set_display_name_zh("示例区");
  Call(*stub, &tv1::TownshipService::Stub::CreateDistrict, district);
  tv1::ImportTownshipsRequest towns;
  tv1::ImportVillagesRequest villages;
  tv1::ImportPopulationsRequest populations;
  for (const std::string& code : Towns()) {
    const std::string name = "townships/" + code;
    tv1::Township& town = *towns.add_townships();
    town.set_name(name);
    town.set_display_name_zh("示例镇");
    town.set_type(tv1::TOWNSHIP_TYPE_TOWN);
    for (int i = 0; i < kVillagesPerTown; ++i) {
      tv1::Village& village = *villages.add_villages();
      village.set_name(absl::StrCat(name, "/villages/", VillageOf(code, i)));
      village.set_display_name_zh(absl::StrCat("示例", i, "村"));
      village.set_type(tv1::VILLAGE_TYPE_VILLAGE);
      village.set_valid_from("2000-01-01");
    }
    tv1::Population& population = *populations.add_populations();
    population.set_name(name + "/populations/2024");
    population.set_residents(20'000);
  }
  for (std::string* parent :
       {towns.mutable_parent(), villages.mutable_parent(), populations.mutable_parent()}) {
    *parent = "districts/630106";
  }
  Enter("township", towns.townships(), Call(*stub, &tv1::TownshipService::Stub::ImportTownships, towns),
        ledger);
  Enter("village", villages.villages(), Call(*stub, &tv1::TownshipService::Stub::ImportVillages, villages),
        ledger);
  Enter("population", populations.populations(),
        Call(*stub, &tv1::TownshipService::Stub::ImportPopulations, populations), ledger);
}

// Two reporters share the first town, so that its revisions are made by both.
Workload::Workload(const Deployment& deployment, Ledger& ledger, uint64_t seed) {
  const std::vector<std::pair<size_t, int>> places = {{0, 0}, {0, 1}, {1, 0}, {2, 0}};
  for (const auto& [town, village] : places) {
    const std::string name = absl::StrCat("reporter", members_.size());
    Add(name,
        std::make_unique<Reporter>(deployment, ledger, name, Towns()[town], VillageOf(Towns()[town], village),
                                   exact_reads_, seed + members_.size()));
  }
  Add("registrar", std::make_unique<Registrar>(deployment, ledger, seed + members_.size()));
}

Workload::~Workload() { Stop(); }

void Workload::Add(std::string name, std::unique_ptr<Actor> actor) {
  members_.push_back(std::make_unique<Member>());
  Member& member = *members_.back();
  member.name = std::move(name);
  member.actor = std::move(actor);
  member.thread = std::thread([this, &member] {
    while (!stopping_) {
      member.actor->Work(absl::Now() + kPatience);
      ++member.rounds;
    }
  });
}

std::string Workload::AwaitProgress(absl::Duration patience) {
  const absl::Time give_up = absl::Now() + patience;
  for (const auto& member : members_) {
    const int before = member->rounds;
    // The piece that runs now may have been acknowledged before; the next one was begun later.
    while (member->rounds < before + 2) {
      if (absl::Now() > give_up) return member->name;
      absl::SleepFor(absl::Milliseconds(5));
    }
  }
  return "";
}

void Workload::Stop() {
  stopping_ = true;
  for (const auto& member : members_) {
    if (member->thread.joinable()) member->thread.join();
  }
}

}  // namespace zhenhui::faults
