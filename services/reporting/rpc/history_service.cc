#include "services/reporting/rpc/history_service.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/rollup.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/requests.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

// What both methods ask for.
struct HistoryQuestion {
  std::string township;
  Period period;
};

absl::StatusOr<HistoryQuestion> ReadQuestion(const auth::Claims& claims, const std::string& township,
                                             const std::string& start_date, const std::string& end_date) {
  Violations violations;
  HistoryQuestion question;
  if (auto code = ParseTownshipName(township)) {
    question.township = *std::move(code);
  } else {
    violations.push_back({"township", "NAME_INVALID", "a township is named townships/ and 9 digits"});
  }
  question.period = ReadPeriod(start_date, end_date, violations);
  RETURN_IF_ERROR(InvalidFields(std::move(violations)));
  RETURN_IF_ERROR(auth::RequireScope(claims, question.township));
  RETURN_IF_ERROR(CheckPeriod(question.period));
  return question;
}

void FillDifference(const MetricDifference& difference, v1::RecordDifference* out) {
  out->set_metric(difference.metric->name);
  v1::RestatedRecord& record = *out->mutable_record();
  record.set_record(difference.record.name);
  record.set_revision(difference.record.revision);
  record.set_reason(difference.record.reason);
  record.set_changed_by(difference.record.by);
  record.set_title(difference.record.title);
  out->set_old_value(difference.before.value);
  out->set_new_value(difference.after.value);
  out->set_old_denominator(difference.before.denominator);
  out->set_new_denominator(difference.after.denominator);
}

// The name of a period, where it has one; else its days.
std::string PeriodText(const Period& period) {
  for (const Bucket bucket : {Bucket::kYear, Bucket::kQuarter, Bucket::kMonth}) {
    if (!(BucketOf(period.begin, bucket) == period)) continue;
    const std::string first = FormatDate(period.begin);
    if (bucket == Bucket::kYear) return first.substr(0, 4);
    if (bucket == Bucket::kMonth) return first.substr(0, 7);
    return absl::StrCat(first.substr(0, 4), "-Q", (period.begin.month() + 2) / 3);
  }
  return absl::StrCat(FormatDate(period.begin), "/", FormatDate(period.end));
}

}  // namespace

absl::StatusOr<PointQuery> ReadPoint(std::string_view field, const v1::HistoryPoint& point,
                                     const std::string& township) {
  PointQuery query;
  const auto wrong = [&](const char* reason, const char* why) {
    return InvalidFields({{std::string(field), reason, why}});
  };
  if (point.has_time() && point.revisions_size() > 0)
    return wrong("POINT_BOTH", "give a time or revisions, not both");
  if (point.has_time())
    query.time = absl::FromUnixSeconds(point.time().seconds()) + absl::Nanoseconds(point.time().nanos());
  for (const common::v1::FeedPosition& position : point.revisions()) {
    const bool known =
        position.feed() == common::v1::FEED_ACTIVITIES || position.feed() == common::v1::FEED_TOWNSHIPS;
    const size_t feed = position.feed() == common::v1::FEED_ACTIVITIES ? 0 : 1;
    if (!known || position.revision() < 0 || position.township() != TownshipName(township) ||
        query.revisions[feed].has_value()) {
      return wrong("REVISION_INVALID", "at most one revision of each feed, of this township, from 0 up");
    }
    query.revisions[feed] = position.revision();
  }
  return query;
}

grpc::ServerUnaryReactor* HistoryServiceImpl::GetFiguresAsOf(grpc::CallbackServerContext* context,
                                                             const v1::GetFiguresAsOfRequest* request,
                                                             v1::GetFiguresAsOfResponse* response) {
  const auto work = [this, request, response](const rpc::Call& call) -> absl::Status {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(
        const HistoryQuestion question,
        ReadQuestion(call.claims, request->township(), request->start_date(), request->end_date()));
    ASSIGN_OR_RETURN(const auto metrics, ReadMetrics(*deps_.plans, request->metrics()));
    ASSIGN_OR_RETURN(const PointQuery point, ReadPoint("point", request->point(), question.township));
    ASSIGN_OR_RETURN(const FiguresAsOf as_of,
                     deps_.history->AsOf(call, question.township, metrics, question.period, point));
    for (size_t i = 0; i < metrics.size(); ++i)
      ToProto(as_of.figures[i], PrintFigure(*metrics[i], as_of.figures[i]), response->add_figures());
    AddRevisions(question.township, as_of.revisions, response->mutable_revisions());
    return absl::OkStatus();
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_HISTORY_METHOD("GetFiguresAsOf"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* HistoryServiceImpl::ExplainDifference(grpc::CallbackServerContext* context,
                                                                const v1::ExplainDifferenceRequest* request,
                                                                v1::ExplainDifferenceResponse* response) {
  const auto work = [this, request, response](const rpc::Call& call) -> absl::Status {
    RETURN_IF_ERROR(deps_.ready());
    ASSIGN_OR_RETURN(
        const HistoryQuestion question,
        ReadQuestion(call.claims, request->township(), request->start_date(), request->end_date()));
    std::vector<const MetricPlan*> metrics;
    if (request->metrics().empty()) {
      for (const MetricPlan& plan : deps_.plans->all()) metrics.push_back(&plan);
    } else {
      ASSIGN_OR_RETURN(metrics, ReadMetrics(*deps_.plans, request->metrics()));
    }
    ASSIGN_OR_RETURN(const PointQuery from, ReadPoint("from", request->from(), question.township));
    ASSIGN_OR_RETURN(const PointQuery to, ReadPoint("to", request->to(), question.township));
    ASSIGN_OR_RETURN(const ExplainedDifference explained,
                     deps_.history->Difference(call, question.township, metrics, question.period, from, to));
    for (const ExplainedDifference::One& one : explained.figures) {
      v1::RestatedFigure& figure = *response->add_figures();
      figure.set_metric(one.metric->name);
      figure.set_period(PeriodText(question.period));
      ToProto(one.before, PrintFigure(*one.metric, one.before), figure.mutable_old_figure());
      ToProto(one.after, PrintFigure(*one.metric, one.after), figure.mutable_new_figure());
    }
    for (const MetricDifference& difference : explained.records)
      FillDifference(difference, response->add_records());
    AddRevisions(question.township, explained.from, response->mutable_from_revisions());
    AddRevisions(question.township, explained.to, response->mutable_to_revisions());
    return absl::OkStatus();
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_HISTORY_METHOD("ExplainDifference"), *deps_.executor,
                    response, work);
}

}  // namespace zhenhui::reporting
