#include "services/reporting/rpc/report_records.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/wire/activity_reader.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

constexpr size_t kMostRecords = 20'000;
constexpr int kRecordsPage = 1000;

using PlansByKind = std::map<std::string, std::vector<const MetricPlan*>>;

// The core metrics of the year by the kinds that count for them.
PlansByKind CorePlansByKind(const Vocabulary& vocabulary, const MetricPlans& plans,
                            const DistrictYear& year) {
  PlansByKind by_kind;
  for (const YearMetric& metric : year.metrics) {
    if (!metric.core) continue;
    const auto plan = plans.Find(metric.code);
    if (!plan.ok() || (*plan)->metric->version != metric.version) continue;
    for (const std::string& kind : SourcesOf(vocabulary, **plan).activity_kinds)
      by_kind[kind].push_back(*plan);
  }
  return by_kind;
}

void AddRows(const Vocabulary& vocabulary, const std::vector<const MetricPlan*>& plans, const Period& period,
             const activities::v1::Activity& activity, const Facts& facts, ReportRecords* records) {
  for (const MetricPlan* plan : plans) {
    const ContributionAmounts amounts =
        ContributionOf(vocabulary, {.metric = plan, .period = period, .village = "", .audience = ""}, facts);
    if (amounts.is_zero()) continue;
    records->cut = records->rows.size() == kMostRecords;
    if (records->cut) return;
    records->rows.push_back({.metric = plan->metric->code,
                             .date = activity.date(),
                             .record = activity.name(),
                             .revision = activity.revision(),
                             .kind = activity.kind(),
                             .title = activity.title(),
                             .village = std::string(LastPart(activity.village())),
                             .value = amounts.value,
                             .denominator = amounts.denominator});
  }
}

}  // namespace

RecordLister::RecordLister(Vocabulary& vocabulary, const MetricPlans& plans,
                           const std::shared_ptr<grpc::Channel>& activities)
    : vocabulary_(vocabulary),
      plans_(plans),
      activities_(activities::v1::ActivityService::NewStub(activities)) {}

absl::StatusOr<ReportRecords> RecordLister::List(const rpc::Call& call, const DistrictYear& year,
                                                 size_t town) {
  ReportRecords records;
  const TownYear& of = year.towns[town];
  const Period period = YearPeriod(year.year, 0);
  const PlansByKind plans = CorePlansByKind(vocabulary_, plans_, year);
  activities::v1::ListActivitiesRequest list;
  list.set_parent(TownshipName(of.code));
  list.set_page_size(kRecordsPage);
  list.set_start_date(FormatDate(period.begin));
  list.set_end_date(FormatDate(period.end));
  for (const auto& [kind, unused] : plans) list.add_kinds(kind);
  list.set_read_revision(of.revisions[Feed::kActivities]);
  // Revision 0 is the empty town; the service would take it for the newest.
  bool more = !plans.empty() && list.read_revision() != 0;
  while (more && !records.cut) {
    grpc::ClientContext context;
    rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
    activities::v1::ListActivitiesResponse answer;
    RETURN_IF_ERROR(rpc::FromGrpc(activities_->ListActivities(&context, list, &answer)));
    for (const activities::v1::Activity& activity : answer.activities()) {
      const auto counted = plans.find(activity.kind());
      if (counted == plans.end()) continue;
      ASSIGN_OR_RETURN(const Facts facts, FactsOf(vocabulary_, activity));
      AddRows(vocabulary_, counted->second, period, activity, facts, &records);
      if (records.cut) break;
    }
    list.set_page_token(answer.next_page_token());
    more = !list.page_token().empty();
  }
  std::sort(records.rows.begin(), records.rows.end(), [](const auto& a, const auto& b) {
    return std::tie(a.metric, a.date, a.record) < std::tie(b.metric, b.date, b.record);
  });
  return records;
}

}  // namespace zhenhui::reporting
