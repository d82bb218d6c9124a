#include "tests/faults/fault_run.h"

#include <cstdlib>
#include <map>
#include <pqxx/pqxx>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "tests/faults/checker.h"
#include "tests/faults/stored.h"
#include "zhenhui/reporting/v1/rollup_service.grpc.pb.h"

namespace zhenhui::faults {
namespace {

namespace rv1 = reporting::v1;

constexpr absl::Duration kPatience = absl::Seconds(90);
constexpr size_t kMostFindings = 20;
constexpr char kDistrict[] = "districts/630106";

// feed.last_revision of every feed, the truth that the freshness has to reach.
std::map<Stored::Feed, int64_t> ReadHeads(const std::string& owner_dsn) {
  pqxx::connection connection(owner_dsn);
  pqxx::nontransaction tx(connection);
  std::map<Stored::Feed, int64_t> heads;
  for (const pqxx::row& row :
       tx.exec("SELECT 'activities', township_code, last_revision FROM activities.feed"
               " UNION ALL SELECT 'townships', township_code, last_revision FROM townships.feed")) {
    heads[{row[0].as<std::string>(), row[1].as<std::string>()}] = row[2].as<int64_t>();
  }
  return heads;
}

// What is not folded and flushed yet.
std::string Missing(rv1::RollupService::Stub& reporting, std::map<Stored::Feed, int64_t> heads) {
  rv1::GetFreshnessRequest request;
  request.mutable_scope()->set_district(kDistrict);
  rv1::GetFreshnessResponse response;
  grpc::ClientContext context;
  rpc::PrepareContext(&context, absl::Seconds(5));
  const grpc::Status status = reporting.GetFreshness(&context, request, &response);
  if (!status.ok()) return "GetFreshness: " + status.error_message();
  for (const rv1::FeedFreshness& feed : response.feeds()) {
    const bool activities = feed.applied().feed() == common::v1::FEED_ACTIVITIES;
    const Stored::Feed key{activities ? "activities" : "townships", LastPart(feed.applied().township())};
    const auto head = heads.find(key);
    if (head == heads.end()) continue;
    if (feed.applied().revision() != head->second || feed.flushed_revision() != head->second) {
      return absl::StrCat(key.first, "/", key.second, " is at ", feed.applied().revision(), ", flushed ",
                          feed.flushed_revision(), " of ", head->second);
    }
    heads.erase(head);
  }
  return heads.empty() ? "" : "no freshness of " + heads.begin()->first.second;
}

}  // namespace

std::string AwaitFlushed(const Deployment& deployment) {
  const auto reporting = rv1::RollupService::NewStub(deployment.Reporting(auth::Role::kJob, "*"));
  const absl::Time give_up = absl::Now() + kPatience;
  for (;;) {
    std::string missing = "the database does not answer";
    try {
      missing = Missing(*reporting, ReadHeads(deployment.OwnerDsn("zhenhui")));
    } catch (const pqxx::failure&) {  // it is just starting
    }
    if (missing.empty() || absl::Now() > give_up) return missing;
    absl::SleepFor(absl::Milliseconds(50));
  }
}

std::string VerifyTotals(const Deployment& deployment) {
  const auto reporting = rv1::RollupService::NewStub(deployment.Reporting(auth::Role::kJob, "*"));
  rv1::VerifyTotalsRequest request;
  request.mutable_scope()->set_district(kDistrict);
  const absl::Time give_up = absl::Now() + kPatience;
  for (;;) {
    rv1::VerifyTotalsResponse response;
    grpc::ClientContext context;
    rpc::PrepareContext(&context, absl::Seconds(60));
    const grpc::Status status = reporting->VerifyTotals(&context, request, &response);
    if (status.ok()) {
      if (response.records_read() == 0 || response.cells_compared() == 0) return "nothing was compared";
      return response.equal() ? "" : response.ShortDebugString();
    }
    if (absl::Now() > give_up) return "VerifyTotals: " + status.error_message();
    absl::SleepFor(absl::Milliseconds(100));
  }
}

std::string CheckDatabase(const Ledger& ledger, const std::string& owner_dsn) {
  const std::vector<std::string> findings = Check(ledger.Copy(), ReadStored(owner_dsn));
  std::string text;
  for (size_t i = 0; i < findings.size() && i < kMostFindings; ++i) absl::StrAppend(&text, findings[i], "\n");
  if (findings.size() > kMostFindings) absl::StrAppend(&text, "... ", findings.size(), " in all\n");
  return text;
}

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

}  // namespace zhenhui::faults
