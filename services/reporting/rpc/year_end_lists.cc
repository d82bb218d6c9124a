// The lists of YearEndService: year ends, restatements, events.
#include <algorithm>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/rpc/page_token.h"
#include "common/rpc/unary.h"
#include "common/status/status_macros.h"
#include "services/reporting/domain/year_end/restatement.h"
#include "services/reporting/rpc/access.h"
#include "services/reporting/rpc/year_end_messages.h"
#include "services/reporting/rpc/year_end_requests.h"
#include "services/reporting/rpc/year_end_service.h"
#include "services/reporting/wire/figures.h"
#include "services/reporting/wire/names.h"

namespace zhenhui::reporting {
namespace {

constexpr int kMostEvents = 10'000;
constexpr int kMostRestatements = 100;
constexpr int kUsualRestatements = 20;

void FillRestatement(const YearKey& key, int64_t number, const YearEvent& event,
                     const Restatement& restatement, const DistrictYear& figures, v1::Restatement* out) {
  out->set_name(absl::StrCat(YearEndName(key), "/restatements/", number));
  out->set_township(TownshipName(event.township));
  AddRevisions(event.township, restatement.from, out->mutable_from_revisions());
  AddRevisions(event.township, restatement.to, out->mutable_to_revisions());
  for (const FigureChange& change : restatement.figures) {
    v1::RestatedFigure& figure = *out->add_figures();
    figure.set_metric(absl::StrCat("metrics/", change.metric));
    figure.set_period(YearPeriodName(key.year, change.period));
    const auto metric = FindMetric(figures, change.metric);
    const YearMetric unknown;
    const YearMetric& printed = metric ? figures.metrics[*metric] : unknown;
    ToProto(printed, change.before, figure.mutable_old_figure());
    ToProto(printed, change.after, figure.mutable_new_figure());
  }
  for (const RecordChange& record : restatement.records) {
    v1::RestatedRecord& shown = *out->add_records();
    shown.set_record(record.name);
    shown.set_revision(record.revision);
    shown.set_reason(record.reason);
    shown.set_changed_by(record.by);
    shown.set_title(record.title);
  }
  SetTimestamp(event.at, out->mutable_create_time());
}

absl::StatusOr<int> RestatementPage(int requested) {
  if (requested < 0) return InvalidFields({{"page_size", "PAGE_SIZE_RANGE", "1 to 100"}});
  return requested == 0 ? kUsualRestatements : std::min(requested, kMostRestatements);
}

}  // namespace

grpc::ServerUnaryReactor* YearEndServiceImpl::ListYearEnds(grpc::CallbackServerContext* context,
                                                           const v1::ListYearEndsRequest* request,
                                                           v1::ListYearEndsResponse* response) {
  const auto work = [this, request, response](const rpc::Call& call) -> absl::Status {
    const auto district = ParseDistrictName(request->parent());
    if (!district)
      return InvalidFields({{"parent", "NAME_INVALID", "a district is named districts/ and 6 digits"}});
    RETURN_IF_ERROR(auth::RequireScope(call.claims, *district));
    ASSIGN_OR_RETURN(const std::vector<int> years, deps_.store->Years(*district, call.deadline));
    for (const int year : years) {
      const YearKey key{*district, year};
      ASSIGN_OR_RETURN(const YearEndState state, deps_.year_ends->State(key, call.deadline));
      ToProto(key, state, response->add_year_ends());
    }
    return absl::OkStatus();
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("ListYearEnds"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::ListRestatements(grpc::CallbackServerContext* context,
                                                               const v1::ListRestatementsRequest* request,
                                                               v1::ListRestatementsResponse* response) {
  const auto work = [this, request, response](const rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->parent(), "parent"));
    ASSIGN_OR_RETURN(const int page, RestatementPage(request->page_size()));
    ASSIGN_OR_RETURN(const auto fields, rpc::DecodePageToken(request->parent(), request->page_token()));
    int64_t after = 0;
    if (!fields.empty() && !absl::SimpleAtoi(fields[0], &after))
      return Error(absl::StatusCode::kInvalidArgument, "PAGE_TOKEN_INVALID",
                   "begin again without a page token");
    ASSIGN_OR_RETURN(const StoredYear stored, deps_.store->Read(key, true, call.deadline));
    int64_t number = 0;
    int generation = 0;
    for (const YearEvent& event : stored.events) {
      if (event.type == YearEventType::kClosed) ++generation;
      if (event.type != YearEventType::kRestated || ++number <= after) continue;
      if (response->restatements_size() == page) {
        response->set_next_page_token(rpc::EncodePageToken(request->parent(), {absl::StrCat(number - 1)}));
        return absl::OkStatus();
      }
      ASSIGN_OR_RETURN(const Restatement restatement, ParseRestatement(event.content));
      ASSIGN_OR_RETURN(const auto certificate,
                       deps_.year_ends->ReadCertificate(key, generation, call.deadline));
      FillRestatement(key, number, event, restatement, certificate->figures, response->add_restatements());
    }
    return absl::OkStatus();
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("ListRestatements"), *deps_.executor,
                    response, work);
}

grpc::ServerUnaryReactor* YearEndServiceImpl::ListYearEndEvents(grpc::CallbackServerContext* context,
                                                                const v1::ListYearEndEventsRequest* request,
                                                                v1::ListYearEndEventsResponse* response) {
  const auto work = [this, request, response](const rpc::Call& call) -> absl::Status {
    ASSIGN_OR_RETURN(const YearKey key, ReadYearEnd(call.claims, request->parent(), "parent"));
    ASSIGN_OR_RETURN(const StoredYear stored, deps_.store->Read(key, false, call.deadline));
    for (const YearEvent& event : stored.events) {
      if (response->events_size() == kMostEvents) break;
      ToProto(event, response->add_events());
    }
    return absl::OkStatus();
  };
  return rpc::Unary(context, *deps_.authenticator, ZH_YEAR_END_METHOD("ListYearEndEvents"), *deps_.executor,
                    response, work);
}

}  // namespace zhenhui::reporting
