#include "tests/faults/registrar.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"

namespace zhenhui::faults {
namespace {

namespace tv1 = townships::v1;

constexpr int kMostEntries = 12;

RecordKey KeyOf(const tv1::RosterEntry& entry) {
  static constexpr size_t kBegin = sizeof("townships/") - 1;
  return {"townships", entry.name().substr(kBegin, 9), "roster/" + LastPart(entry.name())};
}

}  // namespace

Registrar::Registrar(const Deployment& deployment, Ledger& ledger, uint64_t seed)
    : ledger_(ledger),
      random_(seed),
      townships_(tv1::TownshipService::NewStub(deployment.Townships(auth::Role::kDistrict, "630106"))) {}

// Entries of one town: each town's part of an import is a transaction of its own.
tv1::ImportRosterEntriesRequest Registrar::MakeImport() {
  const auto below = [&](size_t limit) { return static_cast<int>(random_() % limit); };
  const std::string town = Towns()[static_cast<size_t>(below(Towns().size()))];
  tv1::ImportRosterEntriesRequest request;
  request.set_parent("districts/630106");
  request.set_reason("故障测试");
  const int fresh = 1 + below(kMostEntries);
  for (int i = 0; i < fresh; ++i) {
    tv1::RosterEntry& entry = *request.add_roster_entries();
    entry.set_name(absl::StrFormat("townships/%s/rosterEntries/r-%06d", town, next_id_++));
    entry.set_role(static_cast<tv1::RosterRole>(1 + below(3)));
    entry.set_display_name(absl::StrCat("条目", next_id_));
    entry.set_valid_from(absl::StrFormat("2023-%02d-%02d", 1 + below(12), 1 + below(28)));
    for (int village = below(3); village > 0; --village) entry.add_villages(VillageOf(town, village));
  }
  for (const auto& [name, old] : mine_) {
    if (KeyOf(old).town != town || below(20) != 0) continue;
    tv1::RosterEntry& entry = *request.add_roster_entries();
    entry = old;
    if (!old.valid_to().empty()) continue;  // sent again as it is
    entry.set_valid_to(absl::StrFormat("2024-%02d-%02d", 1 + below(12), 1 + below(28)));
    entry.set_etag(std::to_string(ledger_.Newest(KeyOf(old)).revision));
  }
  return request;
}

void Registrar::Work(absl::Time give_up) {
  tv1::ImportRosterEntriesRequest request = MakeImport();
  for (;;) {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, absl::Seconds(5));
    tv1::ImportRosterEntriesResponse response;
    const grpc::Status status = townships_->ImportRosterEntries(&context, request, &response);
    if (!status.ok()) {
      const std::string story =
          absl::StrCat("ImportRosterEntries: ", status.error_code(), " ", status.error_message());
      if (!MayRepeat(status.error_code())) return ledger_.Complain(story);
      if (absl::Now() > give_up) return ledger_.Complain("no answer for too long: " + story);
      absl::SleepFor(absl::Milliseconds(30));
      continue;
    }
    for (int i = 0; i < response.results_size(); ++i) {
      tv1::RosterEntry& entry = *request.mutable_roster_entries(i);
      const auto& result = response.results(i);
      if (result.outcome() == common::v1::OUTCOME_REFUSED || result.revision() == 0) {
        ledger_.Complain("refused: " + entry.ShortDebugString() + " " + result.ShortDebugString());
        continue;
      }
      ledger_.Acknowledge(KeyOf(entry), ContentOf(KeyOf(entry).town, entry), result.revision());
      entry.clear_etag();
      mine_[entry.name()] = entry;
    }
    return absl::SleepFor(absl::Milliseconds(20));  // rosters change less than activities
  }
}

}  // namespace zhenhui::faults
