#include "services/reporting/rpc/history.h"

#include <algorithm>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/channel.h"
#include "common/rpc/status_to_grpc.h"
#include "common/status/reason.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/explain.h"
#include "services/reporting/upkeep/change_reader.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

// Changes are folded in pieces: a state is made anew for each.
constexpr size_t kFoldedAtOnce = 2000;

bool NotCancelled() { return false; }

template <typename Request, typename Response, typename Stub, typename Method>
absl::StatusOr<int64_t> AskRevision(const rpc::Call& call, Stub& stub, Method method,
                                    const std::string& township, absl::Time time) {
  Request request;
  request.set_parent(TownshipName(township));
  request.mutable_time()->set_seconds(absl::ToUnixSeconds(time));
  request.mutable_time()->set_nanos(
      static_cast<int32_t>((time - absl::FromUnixSeconds(absl::ToUnixSeconds(time))) / absl::Nanoseconds(1)));
  grpc::ClientContext context;
  rpc::PrepareContext(&context, call.deadline - absl::Now(), call.request_id);
  Response response;
  RETURN_IF_ERROR(rpc::FromGrpc((stub.*method)(&context, request, &response)));
  return response.position().revision();
}

bool IsDistinct(const MetricPlan& metric) { return metric.metric->type == MetricType::kDistinct; }

}  // namespace

// The two states, and what happened between them.
struct History::Between {
  TownStatePtr from;
  TownStatePtr to;
  std::unique_ptr<RecordNets> nets;
};

History::History(Cube& cube, const Clock& clock, const std::shared_ptr<grpc::Channel>& activities,
                 const std::shared_ptr<grpc::Channel>& townships)
    : cube_(cube),
      clock_(clock),
      sources_{ActivitiesFeed(activities), TownshipsFeed(townships)},
      activities_(activities::v1::ActivityService::NewStub(activities)),
      townships_(townships::v1::TownshipService::NewStub(townships)) {}

absl::StatusOr<int64_t> History::RevisionAt(const rpc::Call& call, const std::string& township, Feed feed,
                                            absl::Time time) {
  if (feed == Feed::kActivities) {
    return AskRevision<activities::v1::ResolveRevisionRequest, activities::v1::ResolveRevisionResponse>(
        call, *activities_, &activities::v1::ActivityService::Stub::ResolveRevision, township, time);
  }
  return AskRevision<townships::v1::ResolveRevisionRequest, townships::v1::ResolveRevisionResponse>(
      call, *townships_, &townships::v1::TownshipService::Stub::ResolveRevision, township, time);
}

absl::StatusOr<Applied> History::Resolve(const rpc::Call& call, const std::string& township,
                                         const PointQuery& point) {
  ASSIGN_OR_RETURN(const TownStatePtr now, cube_.Snapshot(township));
  Applied revisions = now->applied();
  for (const Feed feed : kFeeds) {
    if (const auto& given = point.revisions[static_cast<size_t>(feed)]) {
      revisions[feed] = *given;
    } else if (point.time) {
      ASSIGN_OR_RETURN(revisions[feed], RevisionAt(call, township, feed, *point.time));
    }
  }
  return revisions;
}

absl::StatusOr<TownStatePtr> History::StateAt(const rpc::Call& call, const std::string& township,
                                              const Applied& revisions) {
  TownBuilder builder(cube_.vocabulary());
  for (const FeedSource& source : sources_) {
    // Revision 0 is the empty town; the service would take it for the newest.
    if (revisions[source.feed] == 0) continue;
    RETURN_IF_ERROR(ReadSnapshot(source, cube_.vocabulary(), township, revisions[source.feed], call.deadline,
                                 NotCancelled, builder)
                        .status());
  }
  return builder.Build();
}

absl::StatusOr<FiguresAsOf> History::AsOf(const rpc::Call& call, const std::string& township,
                                          const std::vector<const MetricPlan*>& metrics, const Period& period,
                                          const PointQuery& point) {
  FiguresAsOf as_of;
  ASSIGN_OR_RETURN(as_of.revisions, Resolve(call, township, point));
  ASSIGN_OR_RETURN(const TownStatePtr state, StateAt(call, township, as_of.revisions));
  // Which months could be confirmed is a question of the day too.
  const Date today = point.time ? DateInChina(*point.time) : clock_.Today();
  for (const MetricPlan* metric : metrics) {
    ASSIGN_OR_RETURN(Figure figure,
                     ExplainedFigure(cube_.vocabulary(), {metric, period, "", ""}, *state, today));
    as_of.figures.push_back(figure);
  }
  return as_of;
}

absl::Status History::Walk(const rpc::Call& call, const std::string& township, const Applied& to,
                           Between& between) {
  const Fold fold(cube_.vocabulary());
  between.to = between.from;
  for (const FeedSource& source : sources_) {
    std::vector<Change> gathered;
    Dirty ignored;
    const auto flush = [&]() -> absl::Status {
      ASSIGN_OR_RETURN(between.to, fold.Apply(between.to, source.feed, gathered, ignored));
      gathered.clear();
      return absl::OkStatus();
    };
    const auto visit = [&](RecordChange about, Change change) -> absl::Status {
      between.nets->Add(std::move(about), change.before, change.after);
      gathered.push_back(std::move(change));
      return gathered.size() < kFoldedAtOnce ? absl::OkStatus() : flush();
    };
    RETURN_IF_ERROR(ReadChanges(source, cube_.vocabulary(), township, between.from->applied()[source.feed],
                                to[source.feed], call.deadline, NotCancelled, visit));
    RETURN_IF_ERROR(flush());
  }
  return absl::OkStatus();
}

absl::StatusOr<ExplainedDifference> History::Difference(const rpc::Call& call, const std::string& township,
                                                        const std::vector<const MetricPlan*>& metrics,
                                                        const Period& period, const PointQuery& from,
                                                        const PointQuery& to) {
  ExplainedDifference explained;
  ASSIGN_OR_RETURN(explained.from, Resolve(call, township, from));
  ASSIGN_OR_RETURN(explained.to, Resolve(call, township, to));
  for (const Feed feed : kFeeds) {
    if (explained.from[feed] <= explained.to[feed]) continue;
    return InvalidFields({{"from", "POINTS_REVERSED", "the earlier point must not lie after the later one"}});
  }
  Between between;
  ASSIGN_OR_RETURN(between.from, StateAt(call, township, explained.from));
  std::vector<RecordNets::Watched> watched;
  for (const MetricPlan* metric : metrics) watched.push_back({metric, DayRange(period)});
  between.nets = std::make_unique<RecordNets>(cube_.vocabulary(), std::move(watched));
  RETURN_IF_ERROR(Walk(call, township, explained.to, between));
  // One day for both points: what only the calendar changed is no change of records.
  const Date today = to.time ? DateInChina(*to.time) : clock_.Today();
  for (const MetricPlan* metric : metrics)
    RETURN_IF_ERROR(Explain(between, *metric, period, today, explained));
  return explained;
}

absl::Status History::Explain(const Between& between, const MetricPlan& metric, const Period& period,
                              Date today, ExplainedDifference& explained) {
  const Vocabulary& vocabulary = cube_.vocabulary();
  const ExplainQuery query{&metric, period, "", ""};
  ASSIGN_OR_RETURN(const Figure before, ExplainedFigure(vocabulary, query, *between.from, today));
  ASSIGN_OR_RETURN(const Figure after, ExplainedFigure(vocabulary, query, *between.to, today));
  if (before == after) return absl::OkStatus();
  explained.figures.push_back({&metric, before, after});
  ContributionAmounts sum;
  const DayRange range(period);
  for (const auto& [name, record] : between.nets->records()) {
    if (!Moves(vocabulary, metric, range, record.before, record.after)) continue;
    MetricDifference difference{&metric, record.about, {}, {}};
    // A distinct count is of villages; which of them a roster entry adds is told by the villages below.
    if (!IsDistinct(metric)) {
      difference.before = ContributionOf(vocabulary, query, record.before);
      difference.after = ContributionOf(vocabulary, query, record.after);
    }
    sum.value += difference.after.value - difference.before.value;
    sum.denominator += difference.after.denominator - difference.before.denominator;
    explained.records.push_back(std::move(difference));
    if (explained.records.size() > kMostDifferences)
      return Error(
          absl::StatusCode::kInvalidArgument, "RESULT_TOO_LARGE",
          "more than 10,000 differences; ask for fewer metrics, or for points that lie closer together");
  }
  if (IsDistinct(metric)) {
    const auto now = DistinctVillages(vocabulary, query, *between.to);
    const auto then = DistinctVillages(vocabulary, query, *between.from);
    std::set<std::string> villages(now.begin(), now.end());
    villages.insert(then.begin(), then.end());
    for (const std::string& village : villages) {
      const int64_t was = std::count(then.begin(), then.end(), village);
      const int64_t is = std::count(now.begin(), now.end(), village);
      if (was == is) continue;
      RecordChange about;
      about.name = VillageName(village.substr(0, 9), village);
      about.feed = Feed::kTownships;
      sum.value += is - was;
      explained.records.push_back({&metric, std::move(about), {was, 0}, {is, 0}});
    }
  }
  // A town that did not exist at one of the points has no sums there to compare.
  const auto exists = [&](const Figure& figure) {
    return figure.state != FigureState::kNotApplicable || metric.is_ratio();
  };
  const bool adds_up =
      sum.value == after.value - before.value && sum.denominator == after.denominator - before.denominator;
  if (adds_up || !exists(before) || !exists(after)) return absl::OkStatus();
  return Error(
      absl::StatusCode::kInternal, "DIFFERENCE_UNEXPLAINED",
      absl::StrCat("the records between the two points do not sum to the difference of ", metric.name));
}

}  // namespace zhenhui::reporting
