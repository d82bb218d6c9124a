#include "services/reporting/rpc/report_records.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/rpc/register_contributions.h"
#include "services/reporting/wire/activity_reader.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

constexpr size_t kMostRecords = 20'000;
constexpr int kRecordsPage = 1000;
constexpr int kMostVillageNames = 5;

std::string NameIn(const std::map<std::string, std::string>& names, const std::string& code) {
  const auto found = names.find(code);
  return found == names.end() || found->second.empty() ? code : found->second;
}

ExplainQuery QueryFor(const MetricPlan* plan, const Period& period) {
  return {.metric = plan, .period = period, .village = "", .audience = ""};
}

}  // namespace

// What codes are called.
struct RecordLister::Names {
  std::map<std::string, std::string> kinds = {{"village", "村（社区）"},
                                              {"population", "人口"},
                                              {"legal_counsel", "村（社区）法律顾问"},
                                              {"gov_counsel", "党委政府法律顾问"},
                                              {"law_savvy_person", "法律明白人"},
                                              {"mediator", "人民调解员"},
                                              {"mediation_committee", "人民调解委员会"},
                                              {"enforcement_officer", "行政执法人员"},
                                              {"legal_culture_site", "法治文化阵地"}};
  std::map<std::string, std::string> villages;
};

RecordLister::RecordLister(Vocabulary& vocabulary, const MetricPlans& plans,
                           const std::shared_ptr<grpc::Channel>& activities,
                           const std::shared_ptr<grpc::Channel>& townships)
    : vocabulary_(vocabulary),
      plans_(plans),
      townships_(townships::v1::TownshipService::NewStub(townships)),
      activities_(activities::v1::ActivityService::NewStub(activities)) {}

absl::Status RecordLister::AddRegister(const rpc::Call& call, const Plans& plans, const Period& period,
                                       const TownYear& of, Names* names, ReportRecords* records) {
  // Revision 0 is the empty town; the service would take it for the newest.
  const int64_t revision = of.revisions[Feed::kTownships];
  if (revision == 0) return absl::OkStatus();
  townships::v1::StreamSnapshotRequest ask;
  ask.set_township(TownshipName(of.code));
  ask.set_read_revision(revision);
  grpc::ClientContext context;
  rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
  const auto stream = townships_->StreamSnapshot(&context, ask);
  std::vector<townships::v1::TownshipRecord> entries;
  for (townships::v1::StreamSnapshotResponse part; stream->Read(&part);)
    std::move(part.mutable_records()->begin(), part.mutable_records()->end(), std::back_inserter(entries));
  RETURN_IF_ERROR(rpc::FromGrpc(stream->Finish()));
  for (const townships::v1::TownshipRecord& entry : entries) {
    if (entry.has_village())
      names->villages[std::string(LastPart(entry.village().name()))] = entry.village().display_name_zh();
  }
  for (const MetricPlan* plan : plans) {
    ASSIGN_OR_RETURN(const auto contributions,
                     RegisterContributions(vocabulary_, QueryFor(plan, period), of.code, revision, entries));
    for (const v1::Contribution& one : contributions) {
      std::string villages;
      for (int i = 0; i < std::min(one.villages_size(), kMostVillageNames); ++i)
        absl::StrAppend(&villages, i == 0 ? "" : "、",
                        NameIn(names->villages, std::string(LastPart(one.villages(i)))));
      if (one.villages_size() > kMostVillageNames)
        absl::StrAppend(&villages, "等", one.villages_size(), "个");
      records->rows.push_back({.metric = plan->metric->code,
                               .date = one.date(),
                               .record = one.record(),
                               .revision = one.revision(),
                               .kind = NameIn(names->kinds, one.kind()),
                               .title = one.title(),
                               .village = std::move(villages),
                               .value = one.value(),
                               .denominator = one.denominator()});
    }
  }
  return absl::OkStatus();
}

absl::Status RecordLister::AddActivities(const rpc::Call& call, const Plans& plans, const Period& period,
                                         const TownYear& of, const Names& names, ReportRecords* records) {
  std::map<std::string, Plans> by_kind;
  for (const MetricPlan* plan : plans) {
    for (const std::string& kind : SourcesOf(vocabulary_, *plan).activity_kinds)
      by_kind[kind].push_back(plan);
  }
  activities::v1::ListActivitiesRequest list;
  list.set_parent(TownshipName(of.code));
  list.set_page_size(kRecordsPage);
  list.set_start_date(FormatDate(period.begin));
  list.set_end_date(FormatDate(period.end));
  for (const auto& [kind, unused] : by_kind) list.add_kinds(kind);
  list.set_read_revision(of.revisions[Feed::kActivities]);
  // As above.
  bool more = !by_kind.empty() && list.read_revision() != 0;
  while (more && !records->cut) {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
    activities::v1::ListActivitiesResponse answer;
    RETURN_IF_ERROR(rpc::FromGrpc(activities_->ListActivities(&context, list, &answer)));
    for (const activities::v1::Activity& activity : answer.activities()) {
      const auto counted = by_kind.find(activity.kind());
      if (counted == by_kind.end()) continue;
      ASSIGN_OR_RETURN(const Facts facts, FactsOf(vocabulary_, activity));
      for (const MetricPlan* plan : counted->second) {
        const ContributionAmounts amounts = ContributionOf(vocabulary_, QueryFor(plan, period), facts);
        if (amounts.is_zero()) continue;
        records->cut = records->rows.size() >= kMostRecords;
        if (records->cut) return absl::OkStatus();
        const std::string village(LastPart(activity.village()));
        records->rows.push_back({.metric = plan->metric->code,
                                 .date = activity.date(),
                                 .record = activity.name(),
                                 .revision = activity.revision(),
                                 .kind = NameIn(names.kinds, activity.kind()),
                                 .title = activity.title(),
                                 .village = NameIn(names.villages, village),
                                 .value = amounts.value,
                                 .denominator = amounts.denominator});
      }
    }
    list.set_page_token(answer.next_page_token());
    more = !list.page_token().empty();
  }
  return absl::OkStatus();
}

absl::StatusOr<ReportRecords> RecordLister::List(const rpc::Call& call, const DistrictYear& year,
                                                 size_t town) {
  Plans plans;
  for (const YearMetric& metric : year.metrics) {
    if (!metric.core) continue;
    const auto plan = plans_.Find(metric.code);
    if (plan.ok() && (*plan)->metric->version == metric.version) plans.push_back(*plan);
  }
  Names names;
  activities::v1::ListKindsResponse kinds;
  grpc::ClientContext context;
  rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
  RETURN_IF_ERROR(
      rpc::FromGrpc(activities_->ListKinds(&context, activities::v1::ListKindsRequest(), &kinds)));
  for (const auto& kind : kinds.kinds()) names.kinds[kind.code()] = kind.display_name_zh();
  const Period period = YearPeriod(year.year, 0);
  ReportRecords records;
  RETURN_IF_ERROR(AddRegister(call, plans, period, year.towns[town], &names, &records));
  RETURN_IF_ERROR(AddActivities(call, plans, period, year.towns[town], names, &records));
  std::sort(records.rows.begin(), records.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.metric, a.date, a.record) < std::tie(b.metric, b.date, b.record);
  });
  return records;
}

}  // namespace zhenhui::reporting
